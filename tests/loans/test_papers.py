"""Agreement, consent and card: what they say, and who may have them."""

import datetime

import pytest
from django.urls import reverse

from core.models import AuditEvent
from loans import queries, services
from loans.papers.agreement import agreement_facts
from loans.papers.guarantee import consent_facts
from loans.papers.schedule import schedule_facts
from loans.queries import cards
from members.models import Member
from tests.builders import a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, an_application, loan_rules
from tests.loans.test_loan_views import as_, text

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = datetime.date(2026, 2, 12), datetime.date(2026, 3, 12)


@pytest.fixture
def loan(sri, secretary, treasurer, chair):
    """Guaranteed by Budi, with a machine as collateral and a fee of 10,000, approved."""
    loan_rules(
        by=secretary, on=datetime.date(2025, 3, 12), guarantors_needed=1, administration_fee=10_000, penalty_rate_bp=10
    )
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    loan = an_application(sri, by=sri.user, guarantors=[budi])
    services.pledge(loan, kind="machine", description="Mesin seset", value_estimated=3_000_000, on=DAY, by=sri.user)
    services.consent(loan.guarantors.get(), on=DAY, by=budi.user)
    return services.approve(loan, on=DAY, by=chair)


def test_the_agreement_says_what_was_agreed_and_the_schedule_is_the_posted_one(loan, treasurer):
    loan = services.disburse(loan, on=DAY, by=treasurer)
    facts = agreement_facts(loan, on=MARCH)
    clauses = dict(facts["clauses"])
    assert "Rp\u00a01.200.000 (satu juta dua ratus ribu rupiah) untuk: Kulit." in clauses["Jumlah dan tujuan"]
    assert "Biaya Rp\u00a010.000 dipotong di muka; peminjam menerima Rp\u00a01.190.000." in clauses["Jumlah dan tujuan"]
    assert "Budi Santoso, Rp\u00a01.200.000" in clauses["Penjamin"]
    assert "mesin: Mesin seset" in clauses["Agunan"]
    assert "0,1\u00a0% per hari" in clauses["Keterlambatan"]
    posted = [(row.principal, row.interest) for row in queries.position(loan, as_of=DAY).rows]
    assert [tuple(row[2:4]) for row in facts["rows"]] == posted
    people = [person for row in facts["signatures"] for person in row]
    assert [person["name"] for person in people][1:] == ["Sri Lestari", "Budi Santoso", "", ""]
    assert [person["office"] for person in people][-2:] == ["Saksi", "Saksi"]
    assert [person["office"] for person in people if "stamp" in person] == ["Peminjam"]
    assert facts["on"] == DAY


def test_every_schedule_on_paper_has_the_administration_of_an_instalment(sri, secretary, treasurer):
    """Principal 100,000, interest 18,000 and 2,500: the agreement had no column for the last."""
    rules = loan_rules(by=secretary, on=datetime.date(2025, 3, 12), instalment_fee=2_500)
    loan = a_disbursed_loan(sri, by=treasurer, rules=rules)
    agreement, schedule = agreement_facts(loan, on=MARCH), schedule_facts(loan, on=MARCH)
    for part in ("columns", "rows", "total"):
        assert agreement[part] == schedule[part]
    assert agreement["rows"][0][2:] == [100_000, 18_000, 2_500, 120_500, 1_100_000]
    assert agreement["rows"][-1][-1] == 0


@pytest.mark.parametrize(
    ("cap", "said"), [(None, "Tidak ada batas atas."), (2_000, "Paling banyak 20\u00a0% dari angsuran itu.")]
)
def test_the_agreement_names_the_most_a_penalty_can_be(sri, secretary, treasurer, cap, said):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 3, 12), penalty_rate_bp=10, penalty_cap_bp=cap)
    loan = a_disbursed_loan(sri, by=treasurer, rules=rules)
    assert said in dict(agreement_facts(loan, on=MARCH)["clauses"])["Keterlambatan"]


def test_the_agreement_names_the_nik_in_full_to_who_may_read_it(loan, sri, secretary, treasurer, monkeypatch):
    Member.objects.filter(pk=sri.pk).update(nik="3471015205800001")
    printed = []
    monkeypatch.setattr("loans.papers.agreement.pdf", lambda _template, facts: printed.append(facts) or b"%PDF-1.4")
    agreement = reverse("loans:agreement-paper", args=[loan.pk])
    for user in (sri.user, secretary, treasurer):
        as_(user).get(agreement)
    borrower = [dict(facts["parties"])["Peminjam"] for facts in printed]
    assert ["3471015205800001" in words for words in borrower] == [True, True, False]
    assert all("0001" in words for words in borrower)
    assert [event.by for event in AuditEvent.objects.filter(action="member.nik_read")] == [secretary.name]


def test_papers_are_for_those_they_concern(loan, sri, chair, supervisor, treasurer):
    other = a_member_in("Ani Rahayu", by=treasurer, username="ani")
    budi = loan.guarantors.get().member.user
    agreement = reverse("loans:agreement-paper", args=[loan.pk])
    consent = reverse("loans:consent-paper", args=[loan.guarantors.get().pk])
    people = (sri.user, chair, supervisor, budi, other.user)
    assert [as_(user).get(agreement).status_code for user in people] == [200, 200, 200, 404, 404]
    assert [as_(user).get(consent).status_code for user in people] == [404, 200, 200, 200, 404]
    for name in ("card", "card-paper"):
        url = reverse(f"loans:{name}", args=[sri.pk])
        assert [as_(user).get(url).status_code for user in people] == [200, 200, 200, 404, 404]


def test_nothing_is_signed_before_the_yes(sri):
    loan = an_application(sri, by=sri.user)
    assert as_(sri.user).get(reverse("loans:agreement-paper", args=[loan.pk])).status_code == 404


def test_the_consent_names_the_share_in_words(loan):
    facts = dict(consent_facts(loan.guarantors.get())["facts"])
    assert facts["Bagian yang dijamin"] == "Rp\u00a01.200.000 (satu juta dua ratus ribu rupiah)"


def test_the_card_runs_from_payout_to_the_last_payment(sri, treasurer, chair):
    """118,000 in February, 50,000 in March (18,000 + 32,000): 1,068,000 is owed. A reversed payment is not on it."""
    loan = a_disbursed_loan(sri, by=treasurer)
    wrong = services.repay(loan, amount=1_000, on=DAY, by=treasurer)
    services.reverse_repayment(wrong, reason="salah orang", on=DAY, by=chair)
    services.repay(loan, amount=50_000, on=MARCH, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    [card] = cards(sri)
    assert [(row.on, row.paid_out, row.principal, row.interest, row.balance) for row in card.rows] == [
        (DAY, 1_200_000, 0, 0, 1_200_000),
        (FEBRUARY, 0, 100_000, 18_000, 1_100_000),
        (MARCH, 0, 32_000, 18_000, 1_068_000),
    ]
    assert card.sums["amount"] == 168_000
    page = text(as_(sri.user).get(reverse("loans:card", args=[sri.pk])))
    assert "1.068.000" in page
    assert as_(sri.user).get(reverse("loans:card-paper", args=[sri.pk])).status_code == 200


def test_a_card_takes_the_same_queries_however_often_one_paid(sri, treasurer, django_assert_num_queries):
    loan = a_disbursed_loan(sri, by=treasurer)
    for _paid in range(5):
        services.repay(loan, amount=1_000, on=FEBRUARY, by=treasurer)
    with django_assert_num_queries(5):
        assert len(cards(sri)[0].rows) == 6
