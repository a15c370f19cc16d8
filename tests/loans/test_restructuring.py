"""New terms for a running loan: proposed, agreed to, carried out by three people, and to the rupiah.

Budi borrows 1,200,000 over 12 months at 1.5 % flat on 12 January 2026 (100,000 + 18,000 a month), with a penalty of
0.1 % a day of an instalment after 3 days, and pays the first instalment. On 12 August five are late and the sixth
falls due: interest 6 × 18,000 = 108,000; principal 1,100,000.
"""

import datetime

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.urls import reverse

from governance.models import Letter
from governance.queries.letter import letters_waiting
from governance.services.ladder import climb
from governance.services.letter import sign
from ledger import chart
from ledger.queries import account_balance, member_balance
from loans import queries, services
from loans.models import Loan, Restructuring, RestructuringApproval
from loans.queries import cards
from loans.services import LoanRefused
from reports import checks
from tests.books import assert_clean
from tests.builders import a_member_in, a_user
from tests.governance.builders import ladder_rules
from tests.loans.builders import a_disbursed_loan, loan_rules, restructuring_rules
from tests.reports.conftest import run_around_the_guards

pytestmark = pytest.mark.django_db

FEBRUARY, DAY = datetime.date(2026, 2, 12), datetime.date(2026, 8, 12)
SEPTEMBER = datetime.date(2026, 9, 12)


@pytest.fixture
def budi(house, treasurer, secretary):
    restructuring_rules(by=secretary)
    rules = loan_rules(
        by=secretary,
        on=datetime.date(2025, 6, 12),
        penalty_rate_bp=10,
        penalty_grace_days=3,
        second_approval_above=None,
    )
    loan = a_disbursed_loan(a_member_in("Budi", by=treasurer, username="budi"), by=treasurer, rules=rules)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    return loan


def proposed(loan, *, by, kind="rescheduling", on=DAY, **facts):
    usual = {"instalments": 10, "first_due_on": SEPTEMBER, "reason": "Pesanan sepi.", "waives_penalty": True}
    return services.propose_restructuring(loan, kind=kind, on=on, by=by, **usual | facts)


@pytest.fixture
def carried_out(chair, secretary, treasurer):
    def carry(loan, *, on=DAY, **facts):
        terms = proposed(loan, by=secretary, on=on, **facts)
        services.approve_restructuring(terms, on=on, by=chair)
        return services.carry_out_restructuring(terms, on=on, by=treasurer)

    return carry


def receivable(loan, as_of=DAY):
    return member_balance(loan.member, "usp", chart.LOANS_RECEIVABLE, as_of=as_of)


def test_rescheduling_gives_time_and_takes_the_open_interest_along(budi, carried_out):
    grown = queries.position(budi, as_of=DAY).penalty
    done = carried_out(budi)
    assert (done.principal_before, done.principal_after, done.interest_open) == (1_100_000, 1_100_000, 108_000)
    assert (done.penalty_waived, done.interest_carried, done.entry) == (grown, 0, None)
    assert grown > 0
    now = queries.position(budi, as_of=DAY)
    assert (now.principal, now.due, now.penalty) == (1_100_000, 0, 0)
    assert [row.interest for row in now.rows] == [108_000 + 16_500, *[16_500] * 9]  # 1,100,000 × 1.5 %
    assert [row.principal for row in now.rows] == [110_000] * 10
    assert receivable(budi) == 1_100_000
    assert queries.arrears(as_of=DAY) == []
    assert_clean(DAY)


def test_paid_so_far_counts_what_was_paid_on_every_schedule(budi, carried_out, treasurer, client):
    """118,000 before the new terms and 126,500 after them: the page began again at nothing."""
    carried_out(budi)
    assert budi.repayments.total(as_of=DAY) == 118_000
    services.repay(budi, amount=126_500, on=SEPTEMBER, by=treasurer)
    assert budi.repayments.total(as_of=SEPTEMBER) == 244_500
    wrong = services.repay(budi, amount=50_000, on=SEPTEMBER, by=treasurer)
    services.reverse_repayment(wrong, reason="salah orang", on=SEPTEMBER, by=a_user("chair", username="lain"))
    assert budi.repayments.total(as_of=SEPTEMBER) == 244_500
    client.force_login(treasurer)
    page = client.get(reverse("loans:detail", args=[budi.pk]))
    assert page.context["paid"] == 244_500
    assert "Rp\u00a0244.500" in page.content.decode()


@pytest.mark.parametrize("is_signed", [False, True])
def test_with_new_terms_no_letter_waits_any_more(budi, carried_out, secretary, is_signed):
    ladder_rules(by=secretary)
    for day in (20, 28):
        climb("loan", on=datetime.date(2026, 3, day))
    [letter] = Letter.objects.to_send()
    if is_signed:
        sign(letter, on=DAY, by=secretary)
    assert letters_waiting() == 1
    carried_out(budi)
    assert letters_waiting() == 0
    letter.refresh_from_db()
    assert (letter.ladder.ended_on, letter.withdrawn_on) == (DAY, None if is_signed else DAY)


def test_the_day_before_still_shows_the_old_schedule(budi, carried_out):
    before = DAY - datetime.timedelta(days=1)
    then = queries.arrears(as_of=before)
    carried_out(budi)
    assert queries.arrears(as_of=before) == then
    assert len(queries.position(budi, as_of=before).rows) == 12
    assert len(queries.position(budi, as_of=DAY).rows) == 10


def test_reconditioning_lowers_the_rate(budi, carried_out):
    done = carried_out(budi, kind="reconditioning", rate_bp=100)
    assert done.rate_bp == 100
    assert [row.interest for row in queries.position(budi, as_of=DAY).rows] == [119_000, *[11_000] * 9]
    assert_clean(DAY)


def test_restructuring_makes_the_open_interest_principal(budi, carried_out):
    income = account_balance("usp", chart.LOAN_INTEREST, as_of=DAY)
    done = carried_out(budi, kind="restructuring")
    assert (done.principal_after, done.interest_carried) == (1_208_000, 108_000)
    assert receivable(budi) == 1_208_000
    assert account_balance("usp", chart.LOAN_INTEREST, as_of=DAY) == income + 108_000
    assert Loan.objects.with_outstanding(as_of=DAY).get().outstanding == 1_208_000
    assert done.receipt is None
    assert_clean(DAY)


def test_a_top_up_brings_new_money_on_the_running_loan(house, carried_out, treasurer, secretary):
    restructuring_rules(by=secretary)
    rules = loan_rules(by=secretary, on=datetime.date(2025, 6, 12), provision_bp=100)
    loan = a_disbursed_loan(a_member_in("Wati", by=treasurer), by=treasurer, rules=rules)
    for month in (2, 3, 4, 5, 6, 7):
        services.repay(loan, amount=118_000, on=datetime.date(2026, month, 12), by=treasurer)
    july = datetime.date(2026, 7, 12)
    done = carried_out(
        loan, kind="top_up", added=1_000_000, waives_penalty=False, on=july, first_due_on=datetime.date(2026, 8, 12)
    )
    # 600,000 of the old loan and 1,000,000 of new money, of which 1 % stays as provision
    assert (done.principal_after, done.fees, done.paid_out) == (1_600_000, 10_000, 990_000)
    assert done.receipt.amount == 990_000
    assert receivable(loan, july) == 1_600_000
    [card] = cards(loan.member)
    last = card.rows[-1]
    assert (last.kind, last.paid_out, last.receipt_id, card.balance) == (
        "new_terms",
        1_000_000,
        done.receipt_id,
        1_600_000,
    )
    assert account_balance("usp", chart.PROVISION_FEES, as_of=july) == 12_000 + 10_000
    assert_clean(july)
    services.repay(loan, amount=184_000, on=datetime.date(2026, 8, 12), by=treasurer)  # 160,000 + 24,000
    assert queries.outstanding(loan, as_of=datetime.date(2026, 8, 12)) == 1_440_000
    assert_clean(datetime.date(2026, 8, 12))


def test_payments_after_it_settle_the_new_schedule(budi, carried_out, treasurer):
    carried_out(budi)
    services.repay(budi, amount=234_500, on=SEPTEMBER, by=treasurer)  # 110,000 + 16,500 + 108,000
    assert queries.position(budi, as_of=SEPTEMBER).rows[0].owed == 0
    assert queries.outstanding(budi, as_of=SEPTEMBER) == 990_000
    assert_clean(SEPTEMBER)


def test_a_penalty_that_is_not_waived_is_paid_first(budi, treasurer, secretary, chair):
    terms = proposed(budi, by=secretary, waives_penalty=False)
    services.approve_restructuring(terms, on=DAY, by=chair)
    with pytest.raises(LoanRefused, match="Denda"):
        services.carry_out_restructuring(terms, on=DAY, by=treasurer)


def test_three_people_and_the_officers_yes(budi, treasurer, secretary, chair):
    terms = proposed(budi, by=secretary)
    with pytest.raises(LoanRefused, match="belum disetujui"):
        services.carry_out_restructuring(terms, on=DAY, by=treasurer)
    for somebody in (secretary, budi.member.user):
        with pytest.raises(LoanRefused, match="usulnya sendiri"):
            services.approve_restructuring(terms, on=DAY, by=somebody)
    services.approve_restructuring(terms, on=DAY, by=chair)
    with pytest.raises(LoanRefused, match="empat mata"):
        services.carry_out_restructuring(terms, on=DAY, by=chair)
    services.carry_out_restructuring(terms, on=DAY, by=treasurer)
    with pytest.raises(LoanRefused, match="sudah dijalankan"):
        services.carry_out_restructuring(terms, on=DAY, by=treasurer)


def test_above_the_tier_two_officers_agree(house, treasurer, secretary, chair):
    restructuring_rules(by=secretary)
    rules = loan_rules(by=secretary, on=datetime.date(2025, 6, 12), second_approval_above=1_000_000)
    loan = services.apply(
        a_member_in("Wati", by=treasurer),
        product=rules.product,
        principal=1_200_000,
        instalments=12,
        purpose="Kulit",
        on=datetime.date(2026, 1, 12),
        by=treasurer,
    )
    for officer in (chair, secretary):
        loan = services.approve(loan, on=datetime.date(2026, 1, 12), by=officer)
    loan = services.disburse(loan, on=datetime.date(2026, 1, 12), by=treasurer)
    terms = proposed(loan, by=treasurer)
    assert services.approve_restructuring(terms, on=DAY, by=chair).approved_on is None
    assert services.approve_restructuring(terms, on=DAY, by=secretary).approved_on == DAY


def test_the_rules_say_how_often_and_when_new_money_comes(budi, carried_out, secretary):
    with pytest.raises(LoanRefused, match=r"8,33"):
        proposed(budi, by=secretary, kind="top_up", added=500_000, waives_penalty=False)
    carried_out(budi)
    carried_out(budi, on=SEPTEMBER, first_due_on=datetime.date(2026, 10, 12))
    assert queries.times_restructured(budi) == 2
    with pytest.raises(LoanRefused, match="2 kali"):
        proposed(budi, by=secretary, on=SEPTEMBER, first_due_on=datetime.date(2026, 10, 12))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"first_due_on": DAY}, "first_due_on"),
        ({"principal_grace": 10}, "principal_grace"),
        ({"rate_bp": 151}, "rate_bp"),
        ({"kind": "reconditioning", "waives_penalty": False}, "rate_bp"),
        ({"added": 1}, "added"),
        ({"instalments": 0}, "instalments"),
        ({"reason": " "}, "reason"),
    ],
)
def test_terms_that_do_not_fit_are_refused_at_their_field(budi, secretary, facts, field):
    with pytest.raises(LoanRefused) as refused:
        proposed(budi, by=secretary, **facts)
    assert refused.value.field == field


def test_without_rules_without_office_and_twice_at_once(budi, house, secretary, treasurer):
    with pytest.raises(LoanRefused, match="belum memutuskan"):
        _without_rules(budi, secretary)
    with pytest.raises(LoanRefused, match="pinjamannya sendiri"):
        proposed(budi, by=budi.member.user)
    proposed(budi, by=secretary)
    with pytest.raises(LoanRefused, match="sudah diusulkan"):
        proposed(budi, by=treasurer)


def _without_rules(loan, secretary):
    run_around_the_guards("DELETE FROM loans_restructuringrules")
    try:
        proposed(loan, by=secretary)
    finally:
        restructuring_rules(by=secretary)


def test_dropped_terms_change_nothing(budi, secretary, treasurer):
    terms = proposed(budi, by=secretary)
    services.drop_restructuring(terms, on=DAY, by=treasurer)
    with pytest.raises(LoanRefused, match="sudah dijalankan"):
        services.approve_restructuring(terms, on=DAY, by=treasurer)
    assert proposed(budi, by=secretary)


# -- around the services ---------------------------------------------------------------------------------------------


def test_the_database_wants_agreement_of_others(budi, secretary, treasurer, chair):
    terms = proposed(budi, by=secretary)
    for somebody in (secretary, budi.member.user):
        with pytest.raises(IntegrityError, match="their own proposal"), transaction.atomic():
            RestructuringApproval.objects.create(restructuring=terms, by=somebody, on=DAY)
    rows = Restructuring.objects.filter(pk=terms.pk)
    with pytest.raises(IntegrityError, match="did not agree"), transaction.atomic():
        rows.update(done_by=treasurer)
    services.approve_restructuring(terms, on=DAY, by=chair)
    with pytest.raises(IntegrityError, match="did not agree"), transaction.atomic():
        rows.update(done_by=chair)
    with pytest.raises(IntegrityError, match="done_after_approval"), transaction.atomic():
        rows.update(done_by=treasurer, done_on=DAY)


def test_the_database_keeps_the_sums_together(budi, carried_out):
    rows = Restructuring.objects.filter(pk=carried_out(budi).pk)
    for damage in ({"principal_after": 1}, {"interest_carried": 1}, {"added": 1}):
        with pytest.raises((IntegrityError, ProgrammingError, InternalError)), transaction.atomic():
            rows.update(**damage)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE loans_instalment SET principal = principal - 1 WHERE version = 2 AND number = 1",
        "UPDATE loans_restructuring SET interest_carried = interest_carried - 1, principal_after = principal_after - 1",
        "UPDATE loans_scheduleversion SET in_force_from = in_force_from + 1",
    ],
)
def test_the_check_finds_what_drifted(budi, carried_out, damage):
    carried_out(budi, kind="restructuring")
    run_around_the_guards(damage)
    assert not checks.run("restructurings_match_their_entries", as_of=DAY).passed


# -- pages -----------------------------------------------------------------------------------------------------------


def token(number):
    return {"token": f"0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a{number:02}"}


def test_new_terms_in_the_browser_from_proposal_to_amendment(budi, client, secretary, chair, treasurer, supervisor):
    today = datetime.date.today()
    facts = {
        "kind": "rescheduling", "instalments": "10", "first_due_on": (today + datetime.timedelta(days=30)).isoformat(),
        "rate_bp": "1,5", "principal_grace": "0", "waives_penalty": "on", "reason": "Pesanan sepi.",
    }  # fmt: skip
    url = f"/loans/{budi.pk}/restructure/"
    for user in (supervisor, budi.member.user):
        client.force_login(user)
        assert client.get(url).status_code == 403
    client.force_login(secretary)
    assert "1.100.000" in client.get(url).content.decode()
    page = client.post(url, facts | token(1)).url
    terms = Restructuring.objects.get()
    assert page == f"/loans/restructurings/{terms.pk}/"
    client.force_login(chair)
    assert "Pesanan sepi." in client.get(page).content.decode()
    assert client.get(f"{page}approve/").status_code == 200
    assert client.post(f"{page}approve/", token(2)).url == page
    client.force_login(treasurer)
    assert client.get(f"{page}carry-out/").status_code == 200
    assert client.post(f"{page}carry-out/", {"on": today.isoformat()} | token(3)).url == page
    client.force_login(budi.member.user)
    assert "1.100.000" in client.get(page).content.decode()
    assert b"".join(client.get(f"{page}amendment.pdf")).startswith(b"%PDF")
    assert "118.000" in client.get(f"/loans/{budi.pk}/schedule/?version=1").content.decode()
    assert client.get(f"/loans/{budi.pk}/").status_code == 200
    client.force_login(secretary)
    assert "Budi" in client.get("/loans/restructurings/").content.decode()


def test_terms_are_put_aside_in_the_browser_and_strangers_see_nothing(budi, client, secretary, sri):
    terms = proposed(budi, by=secretary)
    client.force_login(sri.user)
    assert client.get(f"/loans/restructurings/{terms.pk}/").status_code == 404
    client.force_login(secretary)
    assert client.get(f"/loans/restructurings/{terms.pk}/drop/").status_code == 200
    assert client.post(f"/loans/restructurings/{terms.pk}/drop/", token(1)).url == f"/loans/{budi.pk}/"
    assert client.get(f"/loans/restructurings/{terms.pk}/").status_code == 200
