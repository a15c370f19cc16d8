"""A year divided, booked and paid out, with figures worked out by hand.

2026 (`tests/reports/conftest.py`): the savings-and-loan unit earned 14,000, the general one 80,000 of dues by November
and 50,000 in December, less 15,000 for a meeting: 115,000. Together 129,000, divided by PARTS: reserve 32,250, savings
25,800, business 38,700, board 12,900, staff, education and social fund 6,450 each. Sri and Tono saved 120,000 each; all
business is Tono's: 12,900 for Sri, 12,900 + 38,700 = 51,600 for Tono.
"""

import datetime
import threading

import pytest
from django.db import DatabaseError, DataError, IntegrityError, ProgrammingError, connection, transaction

from core.errors import Refused
from core.permissions import Role
from governance.models import Decision
from ledger import chart
from ledger import services as ledger
from ledger.models import Period, Unit
from ledger.queries import account_balance, balance_sheet, income_statement, member_balance
from members.models import Member
from savings import queries as savings
from shu import services
from shu.models import Distribution, Share
from shu.services import ShuRefused
from tests.books import assert_clean
from tests.builders import a_decision, a_user, capital, the_user
from tests.database import begins_with
from tests.orders.test_races import at_once
from tests.reports.conftest import live_through_november
from tests.shu.conftest import start
from tests.treasury.builders import a_voucher, spending_rules
from treasury.services import confirm_payment

END = datetime.date(2026, 12, 31)
JANUARY = datetime.date(2027, 1, 10)
MEETING = datetime.date(2027, 2, 12)
LATER = datetime.date(2027, 2, 20)


def close_2026(treasurer):
    for period in Period.objects.filter(month__lte=END).order_by("month", "unit"):
        ledger.close_period(period, on=JANUARY, by=treasurer)


def annual_meeting(chair, **facts):
    """The annual meeting decided on the division that was worked out."""
    about = {"kind": "shu", "about": Distribution.objects.standing().last()}
    return a_decision(**{"by": chair, "on": MEETING, "organ": Decision.Organ.ANNUAL_MEETING} | about | facts)


def close_the_year_of_november():
    live_through_november()
    start()
    close_2026(the_user(Role.TREASURER))


@pytest.fixture
@begins_with(close_the_year_of_november)
def closed(db):
    """The months up to December 2026 are closed, and rules are in force."""


@pytest.fixture
def proposed(closed, treasurer):
    return services.propose(2026, on=JANUARY, by=treasurer)


@pytest.fixture
def booked(proposed, chair):
    return services.book(proposed, decided_in=annual_meeting(chair), on=MEETING, by=chair)


def part_of(name, distribution):
    return distribution.shares.get(member__name__startswith=name)


def test_a_proposal_keeps_every_figure(proposed):
    assert (proposed.result_usp, proposed.result_umum, proposed.surplus) == (14_000, 115_000, 129_000)
    assert dict(proposed.parts.values_list("fund", "amount")) == {
        "reserve": 32_250,
        "capital": 25_800,
        "business": 38_700,
        "board": 12_900,
        "staff": 6_450,
        "education": 6_450,
        "social": 6_450,
    }
    assert [(part_of(name, proposed).total) for name in ("Sri", "Tono")] == [12_900, 51_600]
    assert_clean(LATER)


def test_booking_owes_the_members_their_parts_and_leaves_the_year_as_it_was(booked):
    balances = {
        code: account_balance(Unit.USP, code, as_of=MEETING)
        for code in (chart.RESERVE_FUND, chart.BOARD_FUND, chart.STAFF_FUND, chart.EDUCATION_FUND, chart.SOCIAL_FUND)
    }
    assert list(balances.values()) == [32_250, 12_900, 6_450, 6_450, 6_450]
    owed = {
        member.name: member_balance(member, Unit.USP, chart.SHU_PAYABLE, as_of=MEETING)
        for member in Member.objects.order_by("number")
    }
    assert list(owed.values()) == [12_900, 51_600]
    december = income_statement(Unit.UMUM, first=datetime.date(2026, 1, 1), last=END)
    assert december.result == 115_000, "what the year earned is still read from its books"
    assert_clean(LATER)


def test_the_balance_sheet_shows_what_was_earned_and_what_was_divided(booked):
    for unit, distributed in ((Unit.USP, 14_000), (Unit.UMUM, 115_000)):
        sheet = balance_sheet(unit, as_of=MEETING)
        equity = {row.code: row.amount for row in sheet.equity}
        assert equity[chart.DISTRIBUTED_SHU] == -distributed
        assert sheet.total_assets == sheet.total_liabilities_and_equity
        assert sheet.this_year == 0
    assert balance_sheet(Unit.USP, as_of=MEETING).earlier == 44_000, "2025 earned 30,000 that nobody has divided"


def test_a_part_is_paid_in_cash_with_a_receipt_or_into_savings(booked, treasurer):
    sri, tono = part_of("Sri", booked), part_of("Tono", booked)
    paid = services.pay(sri, channel="cash", on=LATER, by=treasurer)
    assert (paid.receipt.amount, paid.receipt.direction, paid.receipt.member) == (12_900, "out", sri.member)
    before = savings.balances(tono.member, as_of=LATER).voluntary
    services.pay(tono, channel="savings", on=LATER, by=treasurer)
    assert savings.balances(tono.member, as_of=LATER).voluntary == before + 51_600
    assert account_balance(Unit.USP, chart.SHU_PAYABLE, as_of=LATER) == 0
    assert_clean(LATER)


def test_all_parts_go_into_savings_at_once_but_for_those_who_left(booked, treasurer, django_assert_max_num_queries):
    paid = services.pay_all_into_savings(booked, on=LATER, by=treasurer)
    assert [payment.share.total for payment in paid] == [12_900, 51_600]
    assert not booked.shares.unpaid().exists()
    assert_clean(LATER)
    with pytest.raises(ShuRefused, match="Tidak ada lagi bagian"):
        services.pay_all_into_savings(booked, on=LATER, by=treasurer)


def test_a_withdrawn_proposal_makes_room_for_another(proposed, treasurer):
    services.withdraw(proposed, on=JANUARY, by=treasurer)
    again = services.propose(2026, on=JANUARY, by=treasurer)
    assert list(Distribution.objects.standing()) == [again]


# -- what is refused -------------------------------------------------------------------------------------------------


def test_an_open_year_is_not_divided(november, shu_rules, treasurer):
    shu_rules()
    with pytest.raises(ShuRefused, match="Tutup dulu bulan Desember"):
        services.propose(2026, on=JANUARY, by=treasurer)


def test_a_year_without_rules_or_without_surplus_is_not_divided(november, treasurer, shu_rules):
    close_2026(treasurer)
    with pytest.raises(ShuRefused, match="Belum ada aturan SHU"):
        services.propose(2026, on=JANUARY, by=treasurer)
    shu_rules(on=datetime.date(2024, 1, 1))
    with pytest.raises(ShuRefused, match="tidak mempunyai SHU untuk dibagi"):
        services.propose(2024, on=JANUARY, by=treasurer)


def test_a_year_is_divided_once(proposed, treasurer):
    with pytest.raises(ShuRefused, match="sudah dibagi"):
        services.propose(2026, on=JANUARY, by=treasurer)


def test_who_proposed_does_not_book(proposed, treasurer, chair):
    with pytest.raises(ShuRefused, match="tidak membukukannya"):
        services.book(proposed, decided_in=annual_meeting(chair), on=MEETING, by=treasurer)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"organ": Decision.Organ.BOARD}, "diputuskan oleh rapat anggota tahunan"),
        ({"on": datetime.date(2026, 12, 12)}, "Hanya Rapat Anggota Tahunan"),
        ({"kind": "dues", "about": None}, "Pilih keputusan mengenai pembagian SHU"),
    ],
    ids=["board", "too early", "dues"],
)
def test_only_the_annual_meeting_after_the_year_decides(proposed, chair, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        services.book(proposed, decided_in=annual_meeting(chair, **facts), on=MEETING, by=chair)


def test_what_is_booked_stays(booked, chair, treasurer):
    for deed in (
        lambda: services.withdraw(booked, on=LATER, by=treasurer),
        lambda: services.book(booked, decided_in=annual_meeting(chair, number="2"), on=LATER, by=chair),
    ):
        with pytest.raises(ShuRefused, match="sudah dibukukan"):
            deed()


def test_nobody_is_paid_twice_nor_by_themselves_nor_before_the_meeting(proposed, chair, treasurer):
    sri = part_of("Sri", proposed)
    with pytest.raises(ShuRefused, match="belum memutuskan"):
        services.pay(sri, channel="cash", on=LATER, by=treasurer)
    services.book(proposed, decided_in=annual_meeting(chair), on=MEETING, by=chair)
    with pytest.raises(ShuRefused, match="Pilih hari itu"):
        services.pay(sri, channel="cash", on=JANUARY, by=treasurer)
    with pytest.raises(ShuRefused, match="kepada dirinya sendiri"):
        services.pay(sri, channel="cash", on=LATER, by=sri.member.user)
    services.pay(sri, channel="cash", on=LATER, by=treasurer)
    with pytest.raises(ShuRefused, match="sudah menerima"):
        services.pay(sri, channel="savings", on=LATER, by=treasurer)


# -- around the services ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shu_distribution SET result_usp = 1",
        "UPDATE shu_distribution SET approved_by_id = proposed_by_id",
        "UPDATE shu_distribution SET approved_on = '2027-02-12'",
        "DELETE FROM shu_distribution",
        "UPDATE shu_fundpart SET amount = amount + 1",
        "UPDATE shu_share SET business_part = business_part + 1",
        "INSERT INTO shu_sharepayment (share_id, channel, paid_on, reversal_reason) SELECT 1, 'cash', now(), ''",
        "DELETE FROM shu_share",
    ],
)
def test_the_database_refuses(proposed, statement):
    refusals = (IntegrityError, ProgrammingError, DataError)
    with pytest.raises(refusals), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_second_division_of_a_year_is_refused_by_the_database(proposed, treasurer):
    with pytest.raises(IntegrityError, match="shu_distribution_once_a_year"), transaction.atomic():
        Distribution.objects.create(
            year=2026, rules=proposed.rules, result_usp=1, result_umum=0, proposed_on=JANUARY, proposed_by=treasurer
        )


def test_a_paid_part_is_never_touched_again(booked, treasurer):
    services.pay(part_of("Sri", booked), channel="cash", on=LATER, by=treasurer)
    for statement, name in (
        ("UPDATE shu_sharepayment SET paid_on = '2027-03-01'", "paid_as_recorded"),
        ("DELETE FROM shu_sharepayment", "never_deleted"),
        ("UPDATE shu_share SET payment_id = NULL; SET CONSTRAINTS ALL IMMEDIATE", "is not paid by that"),
        (
            "UPDATE shu_sharepayment SET reversed_on = paid_on, reversed_by_id = paid_by_id, reversal_reason = 'x'",
            "others",
        ),
    ):
        with pytest.raises(DatabaseError, match=name), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_officers_pay_the_same_part_at_once(booked, treasurer):
    chair = a_user(Role.CHAIR, username="ketua2")
    share, outcomes, start = part_of("Sri", booked), [], threading.Barrier(2)

    def hand_out(by):
        try:
            start.wait()
            services.pay(share, channel="cash", on=LATER, by=by)
            outcomes.append("paid")
        except ShuRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    officers = [threading.Thread(target=hand_out, args=[by]) for by in (treasurer, chair)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert sorted(outcomes) == ["paid", "refused"]
    assert Share.objects.filter(payment__isnull=False).count() == 1
    assert_clean(LATER)


# -- every way of paying, the second approval, and the way back --------------------------------------------------------


def test_a_part_above_the_limit_waits_for_another_officer_who_is_not_its_member(booked, treasurer, chair):
    """12,900 from the bank; Sri herself does not confirm it, the chair does."""
    sri = part_of("Sri", booked)
    spending_rules(by=chair, alone_up_to=10_000, on=JANUARY)
    capital(on=MEETING, code=chart.BANK)
    request = services.pay(sri, channel="bank", on=LATER, by=treasurer)
    assert (request.kind, request.amount) == ("shu", 12_900)
    with pytest.raises(Refused):
        services.pay(sri, channel="cash", on=LATER, by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=LATER, by=sri.member.user)
    [other] = services.pay_all_into_savings(booked, on=LATER, by=treasurer)
    assert other.share.member.name.startswith("Tono")
    _request, paid = confirm_payment(request, on=LATER, by=chair)
    assert (paid.channel, paid.receipt.amount, paid.paid_by) == ("bank", 12_900, treasurer)
    assert_clean(LATER)


@pytest.mark.parametrize("channel", ["cash", "savings"])
def test_a_wrong_payment_is_reversed_by_another_officer_and_done_again(booked, treasurer, chair, channel):
    share = part_of("Sri", booked)
    paid = services.pay(share, channel=channel, on=LATER, by=treasurer)
    with pytest.raises(ShuRefused):
        services.reverse_payment(paid, reason="salah orang", on=LATER, by=treasurer)
    services.reverse_payment(paid, reason="salah orang", on=LATER, by=chair)
    with pytest.raises(ShuRefused):
        services.reverse_payment(paid, reason="lagi", on=LATER, by=chair)
    assert account_balance(Unit.USP, chart.SHU_PAYABLE, as_of=LATER) == 64_500
    again = services.pay(share, channel="cash", on=LATER, by=treasurer)
    assert again.entry.reference == f"shu_share:{share.pk}:paid:2"
    assert_clean(LATER)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_treasurers_with_the_last_rupiah_in_two_tabs(booked, treasurer, chair):
    """Cash holds 51,600: Tono's part or Sri's, never both."""
    there = account_balance(Unit.USP, chart.CASH, as_of=LATER)
    a_voucher(treasurer, amount=there - 51_600, unit=Unit.USP, on=LATER)
    pairs = ((part_of("Tono", booked), treasurer), (part_of("Sri", booked), chair))
    done, refusals = at_once(
        [lambda share=share, by=by: services.pay(share, channel="cash", on=LATER, by=by) for share, by in pairs]
    )
    assert (len(done), len(refusals)) == (1, 1)
    assert "Kas" in refusals[0]
    assert Share.objects.filter(payment__isnull=False).count() == 1
    assert_clean(LATER)
