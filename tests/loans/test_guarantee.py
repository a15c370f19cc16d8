"""Guarantors who change their mind or leave, and somebody else who stands in."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kokkmas.office import waiting
from loans import queries, services
from loans.models import Guarantor
from loans.services import LoanRefused
from members.models import Member
from tests.builders import a_member_in
from tests.loans.builders import DAY, an_application, loan_rules
from tests.loans.test_loan_views import as_, send, text

pytestmark = pytest.mark.django_db

LATER = datetime.date(2026, 2, 12)


@pytest.fixture
def people(sri, secretary, treasurer):
    """A product with one guarantor, who stands for ten times own savings; Budi and Ani would."""
    loan_rules(by=secretary, on=datetime.date(2025, 3, 12), guarantors_needed=1, guarantee_multiple=10)
    return [
        a_member_in(name, by=treasurer, username=name.split()[0].lower()) for name in ("Budi Santoso", "Ani Rahayu")
    ]


@pytest.fixture
def loan(sri, people):
    loan = an_application(sri, by=sri.user, guarantors=[people[0]])
    services.consent(loan.guarantors.get(), on=DAY, by=people[0].user)
    return loan


def leaves(member):
    Member.objects.filter(pk=member.pk).update(left_on=LATER, leaving_reason="own_request")
    member.refresh_from_db()


def test_a_yes_is_taken_back_before_the_decision_and_the_loan_lacks_somebody(loan, people, chair, sri):
    budi, ani = people
    guarantor = loan.guarantors.get()
    with pytest.raises(LoanRefused, match="Hanya Budi"):
        services.take_back_consent(guarantor, on=DAY, by=ani.user)
    services.take_back_consent(guarantor, on=DAY, by=budi.user)
    assert list(queries.lacking_guarantors(as_of=DAY)) == [loan]
    assert waiting.loans_without_guarantors(DAY).count == 1
    assert queries.guaranteed(budi, as_of=DAY) == 0
    assert "tidak lagi menjamin" in sri.user.notices.order_by("-pk").first().text
    with pytest.raises(LoanRefused, match="0 dari 1"):
        services.approve(loan, on=DAY, by=chair)

    asked = services.ask_guarantor(loan, guarantor=ani, on=DAY, by=sri.user)
    assert asked.amount == 1_200_000
    assert not queries.lacking_guarantors(as_of=DAY)
    services.consent(asked, on=DAY, by=ani.user)
    assert services.approve(loan, on=DAY, by=chair).approved_on == DAY


def test_after_the_decision_a_yes_stands(loan, people, chair):
    services.approve(loan, on=DAY, by=chair)
    with pytest.raises(LoanRefused, match="atas kesanggupan Anda"):
        services.take_back_consent(loan.guarantors.get(), on=DAY, by=people[0].user)


def test_who_leaves_before_the_payout_does_not_count(loan, people, chair, treasurer):
    services.approve(loan, on=DAY, by=chair)
    leaves(people[0])
    with pytest.raises(LoanRefused, match="0 dari 1"):
        services.disburse(loan, on=LATER, by=treasurer)


def test_who_leaves_a_running_loan_stays_bound_until_somebody_stands_in(loan, people, chair, treasurer):
    budi, ani = people
    services.approve(loan, on=DAY, by=chair)
    services.disburse(loan, on=DAY, by=treasurer)
    leaves(budi)
    guarantor = loan.guarantors.get()
    assert list(queries.lacking_guarantors(as_of=LATER)) == [loan]
    assert queries.guaranteed(budi, as_of=LATER) == 1_200_000
    with pytest.raises(LoanRefused, match="Harus ada penggantinya"):
        services.release_guarantor(guarantor, on=LATER, by=chair)
    asked = services.ask_guarantor(loan, guarantor=ani, on=LATER, by=treasurer)
    services.consent(asked, on=LATER, by=ani.user)
    with pytest.raises(LoanRefused, match="Peminjam dan penjamin"):
        services.release_guarantor(guarantor, on=LATER, by=budi.user)
    ended = services.release_guarantor(guarantor, on=LATER, by=chair)
    assert (ended.ending, queries.guaranteed(budi, as_of=LATER)) == (Guarantor.Ending.LEFT, 0)


def test_nobody_is_asked_twice_or_for_nothing(loan, people, sri):
    with pytest.raises(LoanRefused, match="sudah dijamin"):
        services.ask_guarantor(loan, guarantor=people[1], on=DAY, by=sri.user)
    services.take_back_consent(loan.guarantors.get(), on=DAY, by=people[0].user)
    with pytest.raises(LoanRefused, match="pernah diminta"):
        services.ask_guarantor(loan, guarantor=people[0], on=DAY, by=sri.user)
    with pytest.raises(LoanRefused, match="untuk pinjaman Anda sendiri"):
        services.ask_guarantor(loan, guarantor=people[1], on=DAY, by=people[1].user)


def test_the_database_knows_how_a_guarantee_ended(loan):
    for change in ({"ended_on": DAY}, {"ending": "left"}, {"ended_on": DAY, "ending": "x"}):
        with pytest.raises(IntegrityError, match="ended_how"), transaction.atomic():
            Guarantor.objects.update(**change)


def test_a_guarantor_reads_the_share_before_answering_and_no_promise_until_then(sri, people, treasurer):
    """Asked for half of 1,200,000; the page said that Budi guarantees it before he had answered."""
    loan = an_application(sri, by=sri.user, guarantors=people)
    asked = loan.guarantors.get(member=people[0])
    assert "menjamin Rp\u00a0600.000 dari pinjaman Rp\u00a01.200.000" in people[0].user.notices.get().text
    client, answer = as_(people[0].user), reverse("loans:guarantee", args=[asked.pk])
    assert 'Bagian yang diminta Anda jamin:</p> <p class="amount">Rp 600.000' in text(client.get(answer))
    assert client.get(reverse("loans:mine")).context["promised"] == 0
    services.consent(asked, on=DAY, by=people[0].user)
    assert "Bagian Anda, yang Anda jamin" in text(client.get(answer))
    assert client.get(reverse("loans:mine")).context["promised"] == 600_000


# -- in the browser --------------------------------------------------------------------------------------------------


def test_the_applicant_learns_whether_a_guarantor_fits_and_nothing_about_savings(sri, people, treasurer, loan):
    """Budi saves 120,000, stands for ten times that and has promised 1,000,000; Sri is not told."""
    services.withdraw(loan, on=DAY, by=sri.user)
    services.apply(
        people[1], product=loan.rules.product, principal=1_000_000, instalments=10, purpose="Kulit", on=DAY,
        by=people[1].user, guarantors=[people[0]],
    )  # fmt: skip
    terms = {
        "product": loan.rules.product_id,
        "principal": "1200000",
        "instalments": "12",
        "purpose": "Kulit",
        "guarantor_1": people[0].pk,
    }
    url = reverse("loans:apply")
    page = text(send(as_(sri.user), url, **terms))
    assert "belum cukup" in page
    assert "200.000 <" not in page
    assert "dapat menjamin Rp" not in page
    assert "belum dapat menjamin bagian Rp 1.200.000" in text(send(as_(sri.user), url, **terms, send="1"))
    assert "dapat menjamin Rp 200.000" in text(send(as_(treasurer), url, **terms, member=sri.pk))


def test_take_back_ask_and_let_go_in_the_browser(sri, people, loan, chair, supervisor):
    budi, ani = people
    page = send(as_(budi.user), reverse("loans:guarantee", args=[loan.guarantors.get().pk]), back="1")
    assert "Jawaban Anda" in text(page)
    url = reverse("loans:ask-guarantor", args=[loan.pk])
    assert as_(ani.user).get(url).status_code == 404
    assert as_(supervisor).get(url).status_code == 404
    assert "Sebutkan penjamin lain" in text(as_(sri.user).get(reverse("loans:detail", args=[loan.pk])))
    assert "Ani Rahayu sudah diminta" in text(send(as_(sri.user), url, guarantor=ani.pk))
    asked = loan.guarantors.get(member=ani)
    send(as_(ani.user), reverse("loans:guarantee", args=[asked.pk]), yes="1")
    release = reverse("loans:release-guarantor", args=[asked.pk])
    assert [as_(user).get(release).status_code for user in (sri.user, supervisor, chair)] == [403, 403, 200]
    assert "Harus ada penggantinya" in text(send(as_(chair), release))
    listed = as_(chair).get(reverse("loans:list"), {"backed": "false"})
    assert loan.number not in text(listed)
