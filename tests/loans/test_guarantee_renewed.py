"""New terms on which more is owed: guarantors are asked again, deciders stay under their ceiling, limits hold.

Wati borrows 1,200,000 over 12 months at 1.5 % flat on 12 January 2026, Budi and Sri stand for 600,000 each with their
savings times ten. Until 12 July six instalments of 100,000 + 18,000 are paid: 600,000 is owed.
"""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kokkmas.office import home
from ledger import chart
from ledger.services import credit, debit
from loans import queries, services
from loans.models import Guarantor, RenewedGuarantee, Restructuring
from loans.services import LoanRefused
from members.services import link_login
from tests.books import assert_clean
from tests.builders import a_journal, a_member_in, elect
from tests.loans.builders import an_application, loan_rules, restructuring_rules
from tests.loans.test_loan_views import as_, send, text
from tests.roles import around_the_guards

pytestmark = pytest.mark.django_db

START, JULY, AUGUST = (datetime.date(2026, month, 12) for month in (1, 7, 8))


def half_paid(member, *, by, rules, guarantors=(), approver=None):
    loan = an_application(member, by=by, rules=rules, on=START, guarantors=list(guarantors))
    for asked in loan.guarantors.all():
        services.consent(asked, on=START, by=asked.member.user)
    loan = services.disburse(services.approve(loan, on=START, by=approver), on=START, by=by)
    for month in range(2, 8):
        services.repay(loan, amount=118_000, on=datetime.date(2026, month, 12), by=by)
    return loan


@pytest.fixture
def people(house, treasurer, secretary):
    """Savings of 120,000 each, times ten: everybody can stand for 1,200,000."""
    restructuring_rules(by=secretary)
    names = {"wati": "Wati", "budi": "Budi", "sri": "Sri", "ani": "Ani"}
    return {key: a_member_in(name, by=treasurer, username=key) for key, name in names.items()}


@pytest.fixture
def loan(people, treasurer, secretary, chair):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 6, 12), guarantors_needed=2, guarantee_multiple=10)
    backers = (people["budi"], people["sri"])
    return half_paid(people["wati"], by=treasurer, rules=rules, guarantors=backers, approver=chair)


def more(loan, *, by, added=1_000_000, kind="top_up", on=JULY, first_due_on=AUGUST, **facts):
    usual = {"instalments": 10, "reason": "Pesanan sandal.", "first_due_on": first_due_on}
    return services.propose_restructuring(loan, kind=kind, added=added, on=on, by=by, **usual | facts)


def answer(terms, *, yes=(), no=()):
    for row in terms.guarantees.all():
        if row.member.name in yes:
            services.consent_again(row, on=JULY, by=row.member.user)
        elif row.member.name in no:
            services.decline_again(row, on=JULY, by=row.member.user)


def test_guarantors_are_asked_for_the_higher_sum_and_stand_for_it_once_it_is_carried_out(
    loan, people, secretary, chair, treasurer
):
    """600,000 + 1,000,000 = 1,600,000, half of it 800,000 each; they stood for 600,000."""
    terms = more(loan, by=secretary)
    assert list(terms.guarantees.values_list("member__name", "amount")) == [("Budi", 800_000), ("Sri", 800_000)]
    budi = people["budi"]
    assert queries.guaranteed(budi, as_of=JULY) == 800_000
    assert queries.guarantee_capacity(budi, loan.rules, as_of=JULY) == 400_000
    assert "lebih tinggi" in budi.user.notices.latest("pk").text
    with pytest.raises(LoanRefused, match="0 dari 2 penjamin"):
        services.approve_restructuring(terms, on=JULY, by=chair)
    answer(terms, yes=["Budi", "Sri"])
    services.approve_restructuring(terms, on=JULY, by=chair)
    services.carry_out_restructuring(terms, on=JULY, by=treasurer)
    assert list(loan.guarantors.order_by("pk").values_list("amount", flat=True)) == [800_000, 800_000]
    assert queries.guaranteed(budi, as_of=JULY) == 800_000
    assert_clean(JULY)


def test_who_says_no_stands_for_the_old_promise_and_somebody_else_for_the_rest(
    loan, people, secretary, chair, treasurer
):
    terms = more(loan, by=secretary)
    with pytest.raises(LoanRefused, match="sudah dijamin"):
        services.ask_another_guarantor(terms, guarantor=people["ani"], on=JULY, by=secretary)
    answer(terms, yes=["Budi"], no=["Sri"])
    with pytest.raises(LoanRefused, match="1 dari 2 penjamin"):
        services.approve_restructuring(terms, on=JULY, by=chair)
    with pytest.raises(LoanRefused, match="sudah pernah diminta"):
        services.ask_another_guarantor(terms, guarantor=people["sri"], on=JULY, by=secretary)
    asked = services.ask_another_guarantor(terms, guarantor=people["ani"], on=JULY, by=secretary)
    assert asked.amount == 800_000
    services.consent_again(asked, on=JULY, by=people["ani"].user)
    services.approve_restructuring(terms, on=JULY, by=chair)
    services.carry_out_restructuring(terms, on=JULY, by=treasurer)
    assert dict(loan.guarantors.values_list("member__name", "amount")) == {
        "Budi": 800_000,
        "Sri": 600_000,
        "Ani": 800_000,
    }
    assert loan.guarantors.standing(as_of=JULY).count() == 3


def test_own_savings_must_reach_for_the_higher_sum(loan, people, secretary):
    """Each can stand for 1,200,000: with 1,800,001 of new money the share would be 1,200,001."""
    with pytest.raises(LoanRefused, match=r"Budi saat ini belum dapat menjamin.*1\.200\.001"):
        more(loan, by=secretary, added=1_800_001)
    assert not Restructuring.objects.exists()
    assert more(loan, by=secretary, added=1_800_000).guarantees.count() == 2


def test_the_yes_is_their_own_and_is_given_once(loan, people, secretary):
    row = more(loan, by=secretary).guarantees.get(member=people["budi"])
    with pytest.raises(LoanRefused, match="Hanya Budi"):
        services.consent_again(row, on=JULY, by=secretary)
    services.consent_again(row, on=JULY, by=people["budi"].user)
    with pytest.raises(LoanRefused, match="sudah menjawab"):
        services.decline_again(row, on=JULY, by=people["budi"].user)


def test_dropped_terms_bind_nobody(loan, people, secretary):
    terms = more(loan, by=secretary)
    services.drop_restructuring(terms, on=JULY, by=secretary)
    assert queries.guaranteed(people["budi"], as_of=JULY) == 600_000
    with pytest.raises(LoanRefused, match="sudah dijalankan"):
        services.consent_again(terms.guarantees.first(), on=JULY, by=people["budi"].user)


def test_more_time_asks_nobody_and_interest_as_principal_asks_for_the_most_it_can_be(loan, secretary):
    """The interest until 11 August, the last day before the first new due date, could become principal.

    Of the instalment of 12 August 30 of 31 days: 18,000 × 30/31 = 17,419. So 617,419.
    """
    terms = more(loan, by=secretary, kind="rescheduling", added=0)
    assert not terms.guarantees.exists()
    services.drop_restructuring(terms, on=JULY, by=secretary)
    terms = more(loan, by=secretary, kind="restructuring", added=0)
    assert list(terms.guarantees.values_list("amount", flat=True)) == [308_710, 308_709]


def test_new_money_keeps_to_the_limits_of_a_new_loan(people, secretary, treasurer, chair):
    """120,000 saved, at most 12 times: 1,440,000. 600,000 is owed, so 840,000 can come and no more."""
    rules = loan_rules(by=secretary, on=datetime.date(2025, 6, 12), savings_multiple=12)
    loan = half_paid(people["wati"], by=treasurer, rules=rules, approver=chair)
    with pytest.raises(LoanRefused, match=r"1\.440\.000") as refused:
        more(loan, by=secretary, added=840_001)
    assert refused.value.field == "added"
    assert more(loan, by=secretary, added=840_000)


# -- those who decide ------------------------------------------------------------------------------------------------


@pytest.fixture
def chairs_loan(people, treasurer, secretary, chair, supervisor):
    """Own capital: five members with 120,000 each and a grant of 15,400,000 make 16,000,000; ten percent, 1,600,000."""
    restructured = loan_rules(by=secretary, on=datetime.date(2025, 6, 12))
    karto = link_login(a_member_in("Ketua Karto", by=treasurer), user=chair, by=secretary)
    lines = [debit(chart.CASH, 15_400_000), credit(chart.GRANTS, 15_400_000)]
    a_journal(lines, unit="usp", on=datetime.date(2025, 1, 12), memo="Hibah", by=treasurer)
    loan = half_paid(karto, by=treasurer, rules=restructured, approver=secretary)
    term = {"started_on": datetime.date(2026, 2, 1), "ends_on": datetime.date(2030, 1, 12)}
    elect(karto, role="chair", by=secretary, **term)
    return loan


def test_a_top_up_of_a_decider_stays_under_the_ceiling(chairs_loan, secretary, treasurer, supervisor):
    terms = more(chairs_loan, by=treasurer, added=1_000_001)
    for say_yes, organ, by in (
        (services.approve_restructuring, "board", secretary),
        (services.approve_restructuring, "supervisors", supervisor),
    ):
        with pytest.raises(LoanRefused, match=r"1\.600\.001; paling banyak Rp\xa01\.600\.000"):
            say_yes(terms, on=JULY, by=by, organ=organ)
    services.drop_restructuring(terms, on=JULY, by=treasurer)
    terms = more(chairs_loan, by=treasurer, added=1_000_000)
    services.approve_restructuring(terms, on=JULY, by=secretary)
    services.approve_restructuring(terms, on=JULY, by=supervisor, organ="supervisors")
    services.carry_out_restructuring(terms, on=JULY, by=treasurer)
    assert_clean(JULY)


def test_the_ceiling_is_asked_once_more_when_the_money_goes_out(chairs_loan, secretary, treasurer, supervisor):
    """Between the yes and the payout 1,000,000 of the grant was given back: ten percent are 1,500,000."""
    terms = more(chairs_loan, by=treasurer, added=1_000_000)
    services.approve_restructuring(terms, on=JULY, by=secretary)
    services.approve_restructuring(terms, on=JULY, by=supervisor, organ="supervisors")
    lines = [debit(chart.GRANTS, 1_000_000), credit(chart.CASH, 1_000_000)]
    a_journal(lines, unit="usp", on=JULY, memo="Hibah dikembalikan", by=treasurer)
    with pytest.raises(LoanRefused, match=r"paling banyak Rp\xa01\.500\.000"):
        services.carry_out_restructuring(terms, on=JULY, by=treasurer)


def test_more_time_for_a_decider_lends_nothing_new(chairs_loan, secretary, treasurer, supervisor):
    lines = [debit(chart.GRANTS, 15_000_000), credit(chart.CASH, 15_000_000)]
    a_journal(lines, unit="usp", on=JULY, memo="Hibah dikembalikan", by=treasurer)
    terms = more(chairs_loan, by=treasurer, kind="rescheduling", added=0)
    assert services.approve_restructuring(terms, on=JULY, by=secretary)


# -- around the services ---------------------------------------------------------------------------------------------


def test_the_database_wants_their_yes(loan, people, secretary, treasurer, chair):
    terms = more(loan, by=secretary)
    answer(terms, yes=["Budi", "Sri"])
    services.approve_restructuring(terms, on=JULY, by=chair)
    rows = RenewedGuarantee.objects.filter(restructuring=terms)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        rows.update(amount=1)
    with pytest.raises(IntegrityError, match="one_answer"), transaction.atomic():
        rows.update(declined_on=JULY)
    with pytest.raises(IntegrityError, match="own loan"), transaction.atomic():
        RenewedGuarantee.objects.create(restructuring=terms, member=loan.member, amount=1, asked_on=JULY)
    with around_the_guards():
        rows.filter(member=people["budi"]).update(consented_on=None)
    with pytest.raises(IntegrityError, match="agree to the higher amount"), transaction.atomic():
        Restructuring.objects.filter(pk=terms.pk).update(done_by=treasurer)
    with pytest.raises(LoanRefused, match="1 dari 2 penjamin"):
        services.carry_out_restructuring(terms, on=JULY, by=treasurer)
    assert Guarantor.objects.filter(amount=600_000).count() == 2


# -- pages -----------------------------------------------------------------------------------------------------------


def test_asked_again_in_the_browser(loan, people, secretary, treasurer):
    today = datetime.date.today()
    terms = more(loan, by=secretary, first_due_on=today + datetime.timedelta(days=30))
    row = terms.guarantees.get(member=people["budi"])
    url, page = reverse("loans:renewed-guarantee", args=[row.pk]), reverse("loans:restructuring", args=[terms.pk])
    assert [as_(user).get(url).status_code for user in (people["sri"].user, treasurer)] == [404, 404]
    budi = as_(people["budi"].user)
    assert url in text(budi.get(reverse("loans:mine")))
    assert home.member(people["budi"].user, today)["answers"][3].url == url
    assert "Rp 800.000" in text(budi.get(url))
    send(budi, url, no="1")
    assert "tidak" in text(budi.get(url))
    officer = as_(secretary)
    assert "Rp 800.000" in text(officer.get(page))
    ask = reverse("loans:ask-another-guarantor", args=[terms.pk])
    assert ask in text(officer.get(page))
    assert as_(people["sri"].user).get(ask).status_code == 403
    send(officer, ask, guarantor=people["ani"].pk)
    ani = as_(people["ani"].user)
    again = reverse("loans:renewed-guarantee", args=[terms.guarantees.get(member=people["ani"]).pk])
    send(ani, again, yes="1")
    assert terms.guarantees.get(member=people["ani"]).consented_on
    assert "Ani" in text(officer.get(page))
