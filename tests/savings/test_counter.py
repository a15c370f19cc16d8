"""Savings by every channel, and the second approval above what one officer books alone."""

import datetime
import io
import uuid

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from ledger import chart, papers
from ledger.channels import Channel, Way
from ledger.models import Receipt, Unit
from ledger.queries import account_balance
from members.services import admit
from savings import queries, services
from savings.models import Movement, TermDeposit, TermSavingsRules
from savings.services import SavingsRefused
from tests.books import assert_clean
from tests.builders import CAPITAL, a_decision, a_member_in, an_applicant, put_in_force, savings_rules
from tests.treasury.builders import a_bank, spending_rules
from treasury.models import PaymentRequest
from treasury.services import confirm_payment

pytestmark = pytest.mark.django_db

JANUARY = datetime.date(2025, 1, 12)
DAY = datetime.date(2026, 3, 12)


@pytest.fixture
def sri(capital, chair, treasurer):
    savings_rules(by=chair, on=JANUARY, approval_above=5_000_000)
    return a_member_in(by=treasurer, on=JANUARY, username="sri", voluntary=4_000_000)


def held(code, unit=Unit.USP):
    return account_balance(unit, code, as_of=DAY)


@pytest.mark.parametrize(("channel", "code"), [("cash", chart.CASH), ("bank", chart.BANK), ("qris", chart.QRIS)])
def test_deposit_by_every_channel(sri, treasurer, channel, code):
    before = held(code)
    movement = services.receive_deposit(sri, kind="voluntary", amount=50_000, channel=channel, on=DAY, by=treasurer)
    assert held(code) - before == 50_000
    assert movement.receipt.direction == "in"
    assert_clean(DAY)


def test_withdrawal_from_the_second_bank_account(sri, treasurer, chair):
    a_bank(treasurer, unit=Unit.USP)
    second = a_bank(treasurer, bank="BRI", number="77", unit=Unit.USP)
    way = Way(Channel.BANK, second.account.code)
    services.receive_deposit(sri, kind="voluntary", amount=500_000, channel=way, on=DAY, by=treasurer)
    movement = services.pay_out_savings(sri, amount=100_000, channel=way, on=DAY, by=treasurer)
    assert movement.receipt.direction == "out"
    assert (second.account.code, held(second.account.code)) == ("1103", 400_000)
    assert_clean(DAY)


def test_first_savings_by_transfer(sri, treasurer, secretary, client):
    member = an_applicant("Wahyu", on=JANUARY, by=secretary)
    admit(member, on=JANUARY, by=secretary)
    services.join(member, on=DAY, by=treasurer, channel="bank")
    assert held(chart.BANK) == 120_000


# -- a second approval -----------------------------------------------------------------------------------------------


def test_large_withdrawal_waits_and_is_paid_by_the_second_yes(sri, treasurer, chair):
    spending_rules(by=chair, alone_up_to=1_000_000)
    small = services.pay_out_savings(sri, amount=1_000_000, channel="cash", on=DAY, by=treasurer)
    assert isinstance(small, Movement)
    waits = services.pay_out_savings(sri, amount=1_500_000, channel="cash", on=DAY, by=treasurer)
    assert isinstance(waits, PaymentRequest)
    assert queries.balances(sri, as_of=DAY).voluntary == 3_000_000
    _request, movement = confirm_payment(waits, on=DAY, by=chair)
    assert (movement.amount, movement.receipt.issued_by) == (1_500_000, treasurer)
    assert_clean(DAY)


def test_what_cannot_be_paid_never_waits(sri, treasurer, chair):
    spending_rules(by=chair, alone_up_to=1_000_000)
    with pytest.raises(SavingsRefused, match="aling banyak"):
        services.pay_out_savings(sri, amount=4_500_000, channel="cash", on=DAY, by=treasurer)
    assert not PaymentRequest.objects.exists()


def test_money_that_is_gone_meanwhile_is_refused_at_the_confirmation(sri, treasurer, chair):
    spending_rules(by=chair, alone_up_to=1_000_000)
    waits = services.pay_out_savings(sri, amount=3_500_000, channel="cash", on=DAY, by=treasurer)
    services.pay_out_savings(sri, amount=1_000_000, channel="cash", on=DAY, by=treasurer)
    with pytest.raises(SavingsRefused):
        confirm_payment(waits, on=DAY, by=chair)
    waits.refresh_from_db()
    assert waits.answer == ""


def test_deposit_waits_only_where_the_rules_name_deposits(sri, treasurer, chair):
    spending_rules(by=chair, alone_up_to=0)
    facts = {"kind": "voluntary", "amount": 9_000_000, "channel": "cash", "by": treasurer}
    assert isinstance(services.receive_deposit(sri, on=DAY, **facts), Movement)
    limits = [{"kind": "deposit", "channel": "", "alone_up_to": 5_000_000, "decision_above": None}]
    spending_rules(by=chair, alone_up_to=0, limits=limits, on=DAY)
    waits = services.receive_deposit(sri, on=DAY, **facts)
    assert isinstance(waits, PaymentRequest)
    _request, movement = confirm_payment(waits, on=DAY, by=chair)
    assert movement.is_deposit
    assert queries.balances(sri, as_of=DAY).voluntary == 22_000_000


def test_withdrawal_request_pays_once_and_by_the_second_yes(sri, treasurer, chair):
    spending_rules(by=chair, alone_up_to=1_000_000)
    withdrawal = services.request_withdrawal(sri, amount=2_000_000, wanted_on=DAY, on=DAY, by=sri.user)
    waits = services.pay_withdrawal(withdrawal, on=DAY, by=treasurer)
    assert isinstance(waits, PaymentRequest)
    confirm_payment(waits, on=DAY, by=chair)
    withdrawal.refresh_from_db()
    assert withdrawal.movement.amount == 2_000_000


def test_what_the_chair_approved_needs_no_third_yes(sri, treasurer, chair):
    services.receive_deposit(sri, kind="voluntary", amount=6_000_000, channel="cash", on=DAY, by=treasurer)
    spending_rules(by=chair, alone_up_to=1_000_000)
    withdrawal = services.request_withdrawal(sri, amount=6_000_000, wanted_on=DAY, on=DAY, by=sri.user)
    services.approve_withdrawal(withdrawal, on=DAY, by=chair)
    assert isinstance(services.pay_withdrawal(withdrawal, on=DAY, by=treasurer), Movement)


# -- term savings ----------------------------------------------------------------------------------------------------


@pytest.fixture
def term(sri, chair):
    put_in_force(
        TermSavingsRules, in_force_from=JANUARY, decided_in=a_decision(by=chair, on=JANUARY, number="T"),
        on=JANUARY, by=chair, months=6, rate_bp=600, least_amount=100_000,
    )  # fmt: skip
    return sri


def test_term_savings_by_transfer_and_back(term, treasurer, chair):
    facts = {"months": 6, "renewal": "pay_out", "on": DAY, "by": treasurer}
    found = services.receive_term_deposit(term, amount=2_000_000, channel="bank", **facts)
    assert isinstance(found, TermDeposit)
    assert held(chart.BANK) == 2_000_000
    spending_rules(by=chair, alone_up_to=1_000_000)
    waits = services.pay_out_term_deposit(found, channel="bank", on=DAY, by=treasurer)
    assert isinstance(waits, PaymentRequest)
    confirm_payment(waits, on=DAY, by=chair)
    found.refresh_from_db()
    assert (found.ending, held(chart.BANK)) == ("broken", 0)
    assert_clean(DAY)


# -- in the browser --------------------------------------------------------------------------------------------------


def test_page_says_that_it_waits_and_leads_there(sri, treasurer, chair, client):
    spending_rules(by=chair, alone_up_to=10_000)
    client.force_login(treasurer)
    typed = {"token": uuid.uuid4(), "amount": "25.000", "channel": "cash", "on": str(DAY)}
    page = client.post(reverse("savings:withdraw", args=[sri.pk]), typed, follow=True).content.decode()
    assert "Menunggu persetujuan kedua" in page
    assert reverse("treasury:request", args=[PaymentRequest.objects.get().pk]) in page
    assert account_balance(Unit.USP, chart.CASH, as_of=DAY) == CAPITAL + 4_120_000


def test_forms_name_each_bank_account(sri, treasurer, client):
    a_bank(treasurer, unit=Unit.USP)
    a_bank(treasurer, bank="BRI", number="77", unit=Unit.USP)
    a_bank(treasurer, bank="BPD", number="88", unit=Unit.UMUM)
    client.force_login(treasurer)
    for name in ("deposit", "withdraw"):
        page = client.get(reverse(f"savings:{name}", args=[sri.pk])).content.decode()
        assert "bank:1102" in page
        assert "bank:1103" in page
        assert "BPD" not in page


# -- the language of what is kept ------------------------------------------------------------------------------------


def test_receipt_is_indonesian_whatever_the_officer_reads(sri, treasurer, client):
    client.force_login(treasurer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    typed = {"token": uuid.uuid4(), "kind": "voluntary", "amount": "25.000", "channel": "cash", "on": str(DAY)}
    client.post(reverse("savings:deposit", args=[sri.pk]), typed)
    receipt = Receipt.objects.latest("pk")
    assert (receipt.purpose, receipt.entry.memo) == ("Setoran simpanan sukarela", f"Setoran simpanan sukarela: {sri}")
    with translation.override("en"):
        paper = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(papers.receipt(receipt))).pages)
    assert "KUITANSI" in paper
    assert "Receipt" not in paper
    typed |= {"token": uuid.uuid4(), "on": "2025-01-01"}
    refusal = client.post(reverse("savings:deposit", args=[sri.pk]), typed).context["form"].errors["on"]
    assert "became a member on" in str(refusal)
