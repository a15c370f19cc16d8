"""What is looked at before a decision, and loans of those who decide: board and supervisors together, under a ceiling.

Own capital of the savings-and-loan unit: three members with 100,000 + 20,000 each and a grant of 20,000,000 make
20,360,000; ten percent of it is 2,036,000.
"""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.permissions import Role
from governance.services import GovernanceRefused, put_in_force
from kokkmas.office import waiting
from ledger import chart
from ledger.services import credit, debit
from loans import queries, services
from loans.models import Loan, LoanApproval, RelatedLoanRules, SurveyNote
from loans.services import LoanRefused
from members.services import link_login
from savings.services import deposit
from tests.builders import a_decision, a_journal, a_member_in, a_user, elect
from tests.loans.builders import DAY, a_disbursed_loan, an_application, loan_rules
from tests.loans.test_loan_views import as_, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers(house, treasurer, secretary, chair, supervisor):
    """The chair and a supervisor are members in office; the cooperative owns a grant of 20,000,000."""
    lines = [debit(chart.CASH, 20_000_000), credit(chart.GRANTS, 20_000_000)]
    a_journal(lines, unit="usp", on=datetime.date(2025, 1, 12), memo="Hibah", by=treasurer)
    people = []
    for name, user, role in (("Ketua Karto", chair, "chair"), ("Pengawas Wati", supervisor, "supervisor")):
        member = link_login(a_member_in(name, by=treasurer), user=user, by=secretary)
        term = {"started_on": datetime.date(2025, 1, 12), "ends_on": datetime.date(2030, 1, 12)}
        elect(member, role=role, by=secretary, **term)
        people.append(member)
    return people


def the_rules(by, **values):
    on = datetime.date(2025, 6, 12)
    return put_in_force(RelatedLoanRules, in_force_from=on, decided_in=a_decision(by=by, on=on), on=on, by=by, **values)


def test_the_loan_of_an_officer_needs_both_organs(officers, sri, secretary, supervisor, treasurer, chair):
    loan = an_application(officers[0], by=chair)
    assert supervisor.notices.get().text.startswith("Ketua Karto mengajukan pinjaman")
    assert (waiting.loans_to_endorse(DAY).count, queries.own_capital(as_of=DAY)) == (1, 20_360_000)
    related = queries.related_party(loan, as_of=DAY)
    assert (related.ceiling, related.owed, related.with_this, related.fits) == (2_036_000, 0, 1_200_000, True)
    with pytest.raises(LoanRefused, match="pinjamannya sendiri"):
        services.approve(loan, on=DAY, by=chair)
    assert services.approve(loan, on=DAY, by=secretary).state == Loan.State.WAITING
    loan = services.endorse(loan, on=DAY, by=supervisor)
    assert (loan.state, loan.approved_on) == (Loan.State.APPROVED, DAY)
    assert set(loan.approvals.values_list("organ", flat=True)) == {"board", "supervisors"}


def test_the_supervisors_alone_are_not_enough_and_do_not_endorse_themselves(officers, secretary, supervisor):
    loan = an_application(officers[1], by=supervisor)
    with pytest.raises(LoanRefused, match="pinjamannya sendiri"):
        services.endorse(loan, on=DAY, by=supervisor)
    other = a_user(Role.SUPERVISOR, username="pengawas2")
    assert services.endorse(loan, on=DAY, by=other).state == Loan.State.WAITING
    assert services.approve(loan, on=DAY, by=secretary).state == Loan.State.APPROVED


def test_supervisors_decide_on_nobody_else(sri, supervisor):
    with pytest.raises(LoanRefused, match="Pengawas hanya ikut memutuskan"):
        services.endorse(an_application(sri, by=sri.user), on=DAY, by=supervisor)


def test_above_the_ceiling_nobody_may_say_yes(officers, secretary, supervisor, treasurer, chair):
    first = an_application(officers[0], by=chair)
    services.approve(first, on=DAY, by=secretary)
    services.disburse(services.endorse(first, on=DAY, by=supervisor), on=DAY, by=treasurer)
    second = an_application(officers[1], by=supervisor, principal=836_001)
    with pytest.raises(LoanRefused) as refusal:
        services.approve(second, on=DAY, by=secretary)
    assert str(refusal.value) == (
        "Dengan pinjaman ini pinjaman pengurus dan pengawas menjadi Rp\u00a02.036.001; paling banyak "
        "Rp\u00a02.024.000, yaitu 10\u00a0% dari modal sendiri Rp\u00a020.240.000. Tunggu sampai pinjaman lain dibayar "
        "kembali."
    )


def test_the_members_may_count_each_person_and_lower_the_ceiling(officers, secretary, supervisor, chair):
    the_rules(secretary, ceiling_bp=500, counted="each")
    an_application(officers[0], by=chair)
    related = queries.related_party(an_application(officers[1], by=supervisor), as_of=DAY)
    assert (related.owed, related.ceiling) == (0, 1_012_000)
    with pytest.raises(GovernanceRefused, match="10\u00a0%"):
        put_in_force(
            RelatedLoanRules, in_force_from=DAY, decided_in=a_decision(by=secretary, on=DAY), on=DAY, by=secretary,
            ceiling_bp=1001,
        )  # fmt: skip


def test_the_database_wants_both_organs(officers, secretary, chair):
    loan = an_application(officers[0], by=chair)
    LoanApproval.objects.create(loan=loan, by=secretary, on=DAY)
    with pytest.raises(IntegrityError, match="the supervisors agree"), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(approved_on=DAY)


def test_both_organs_in_the_browser(officers, secretary, supervisor, chair, sri):
    loan = an_application(officers[0], by=chair)
    url = reverse("loans:endorse", args=[loan.pk])
    assert [as_(user).get(url).status_code for user in (secretary, chair, sri.user)] == [403, 403, 403]
    page = text(as_(supervisor).get(reverse("loans:detail", args=[loan.pk])))
    assert "Setujui mewakili pengawas" in page
    assert "modal sendiri Rp 20.360.000" in page
    assert "Masih perlu persetujuan" in text(send(as_(supervisor), url))
    page = send(as_(secretary), reverse("loans:approve", args=[loan.pk]))
    assert "Pinjaman disetujui." in text(page)


# -- survey and ability ----------------------------------------------------------------------------------------------


def test_a_visit_is_written_once_by_somebody_else(sri, chair):
    loan = an_application(sri, by=sri.user)
    with pytest.raises(LoanRefused, match="menyurvei pengajuannya sendiri"):
        services.survey(loan, visited_on=DAY, seen="x", on=DAY, by=sri.user)
    note = services.survey(loan, visited_on=DAY, seen="Dua mesin, pesanan 40 pasang", on=DAY, by=chair)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        SurveyNote.objects.filter(pk=note.pk).update(seen="lain")
    with pytest.raises(IntegrityError, match="their own application"), transaction.atomic():
        SurveyNote.objects.create(loan=loan, visited_on=DAY, seen="x", by=sri.user)


def test_ability_is_facts_to_work_out_again(sri, secretary, treasurer):
    """Deposits of half a year: 20,000 + 100,000 on entering, too long ago; 180,000 on 12 December: 30,000 a month.

    A running loan of 600,000 over 12: 50,000 + 9,000. The new one of 1,200,000 over 12: 118,000. Together 177,000,
    590 % of what is saved in a month.
    """
    loan_rules(by=secretary, on=datetime.date(2025, 4, 12), most_running_loans=2)
    deposit(sri, kind="voluntary", amount=180_000, on=datetime.date(2025, 12, 12), by=treasurer)
    a_disbursed_loan(sri, by=treasurer, principal=600_000)
    found = queries.ability(an_application(sri, by=sri.user), as_of=DAY)
    assert (found.saved_monthly, found.running_instalments, found.instalment, found.instalments) == (
        30_000,
        59_000,
        118_000,
        177_000,
    )
    assert (found.of_savings, found.work_ahead, found.of_work) == ("590\u00a0%", 0, "–")


def test_survey_and_ability_on_the_page(sri, chair, supervisor, treasurer):
    loan = an_application(sri, by=sri.user)
    url = reverse("loans:survey", args=[loan.pk])
    assert [as_(user).get(url).status_code for user in (sri.user, supervisor)] == [403, 403]
    send(as_(chair), url, visited_on="2026-01-12", seen="Mesin seset masih baik")
    for user in (sri.user, treasurer, supervisor):
        page = text(as_(user).get(reverse("loans:detail", args=[loan.pk])))
        assert "Mesin seset masih baik" in page
        assert "Akan dibayar dari apa" in page
