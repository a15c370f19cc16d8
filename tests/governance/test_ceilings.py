"""What the law allows at most, as dated rows: refused with the article, by the services and by the database."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.uploads import paper
from governance.models import Decision, LegalCeilings, Office
from governance.services import GovernanceRefused, put_in_force, record_decision
from loans.models import LoanRules
from savings.models import SavingsInterestRules, TermSavingsRules
from tests.builders import a_decision, a_member, elect
from tests.loans.builders import VALUES, a_product, loan_rules
from tests.papers import a_pdf, words_on
from tests.savings.builders import interest_rules, term_rules

JANUARY = datetime.date(2026, 1, 12)
JUNE = datetime.date(2026, 6, 12)


def a_law(*, by, on=JANUARY, start=JUNE, **values):
    """A regulation that changes some ceilings from `start` on."""
    decision = a_decision(by=by, on=on, number=f"Permen {on} {start}", organ=Decision.Organ.LAW)
    return put_in_force(LegalCeilings, in_force_from=start, decided_in=decision, on=on, by=by, **values)


def refusal(by, **values):
    with pytest.raises(GovernanceRefused) as refused, transaction.atomic():
        loan_rules(by=by, **values)
    return refused.value.field, str(refused.value)


def test_without_a_version_the_law_is_as_it_was_written_in():
    law = LegalCeilings.built_in()
    assert (law.loan_rate_bp, law.savings_return_bp, law.related_loans_bp, law.office_years) == (2400, 900, 1000, 5)


def test_two_percent_a_month_is_the_ceiling(chair):
    loan_rules(by=chair, on=JANUARY, rate_bp=200)
    assert refusal(chair, on=JUNE, rate_bp=201) == (
        "rate_bp",
        "Jasa pinjaman paling tinggi 24\u00a0% setahun (Permenkop UKM 8/2023 pasal 27). Yang ini 24,12\u00a0% setahun.",
    )


def test_a_ceiling_changes_by_law_from_its_day_on(chair):
    a_law(by=chair, loan_rate_bp=1800, loan_rate_article="Permenkop 1/2026 pasal 3")
    day_before = JUNE - datetime.timedelta(days=1)
    loan_rules(by=chair, on=day_before, rate_bp=200)
    assert refusal(chair, on=JUNE, rate_bp=151) == (
        "rate_bp",
        "Jasa pinjaman paling tinggi 18\u00a0% setahun (Permenkop 1/2026 pasal 3). Yang ini 18,12\u00a0% setahun.",
    )
    loan_rules(by=chair, on=JUNE, rate_bp=150)


def test_a_ceiling_can_rise_without_a_new_release(chair):
    a_law(by=chair, loan_rate_bp=3000)
    loan_rules(by=chair, on=JUNE, rate_bp=250)


def test_the_database_reads_the_ceiling_in_force(chair):
    decision, product = a_decision(by=chair, on=JANUARY), a_product(by=chair)

    def write(rate_bp, on):
        with transaction.atomic():
            LoanRules.objects.create(
                product=product, in_force_from=on, decided_in=decision, **VALUES | {"rate_bp": rate_bp}
            )

    with pytest.raises(IntegrityError, match="more than the law allows"):
        write(201, JANUARY)
    a_law(by=chair, loan_rate_bp=1800)
    with pytest.raises(IntegrityError, match="more than the law allows"):
        write(200, JUNE)
    write(200, JANUARY)


@pytest.mark.parametrize(("rules", "kind"), [(interest_rules, SavingsInterestRules), (term_rules, TermSavingsRules)])
def test_what_savings_return_follows_the_law_of_the_day_they_start(chair, rules, kind):
    """9 % until June, then 7 % by one regulation, from July on 12 % by another."""
    july = datetime.date(2026, 7, 1)
    a_law(by=chair, savings_return_bp=700, savings_return_article="Permenkop 1/2026 pasal 2")
    a_law(by=chair, start=july, savings_return_bp=1200, savings_return_article="Permenkop 2/2026 pasal 2")
    for day, most, said in (
        (JANUARY, 900, r"9\xa0% setahun \(Permenkop UKM 8/2023 pasal 26\)"),
        (JUNE, 700, r"7\xa0% setahun \(Permenkop 1/2026 pasal 2\)"),
        (july, 1200, r"12\xa0% setahun \(Permenkop 2/2026 pasal 2\)"),
    ):
        with pytest.raises(GovernanceRefused, match=said), transaction.atomic():
            rules(by=chair, on=day, rate_bp=most + 1)
        kept = rules(by=chair, on=day, rate_bp=most)
        kept.pk, kept.in_force_from, kept.rate_bp = None, day + datetime.timedelta(days=1), most + 1
        with pytest.raises(IntegrityError, match="savings return more than the law allows"), transaction.atomic():
            kept.save(force_insert=True)
    assert list(kind.objects.order_by("pk").values_list("rate_bp", flat=True)) == [900, 700, 1200]


def test_a_term_of_office_follows_the_law(chair, secretary):
    a_law(by=chair, start=JANUARY, office_years=3, office_article="UU baru pasal 1")
    sri = a_member("Sri", on=datetime.date(2025, 1, 6), by=secretary)
    with pytest.raises(GovernanceRefused, match=r"paling lama 3 tahun \(UU baru pasal 1\)"), transaction.atomic():
        elect(sri, role="chair", started_on=JUNE, ends_on=datetime.date(2029, 6, 13), by=chair)
    office = elect(sri, role="chair", started_on=JUNE, ends_on=datetime.date(2029, 6, 12), by=chair)
    with pytest.raises(IntegrityError, match="longer than the law allows"), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(ends_on=datetime.date(2029, 6, 13))


def test_the_rules_page_shows_the_law_as_it_stands(client, secretary):
    client.force_login(secretary)
    page = client.get(reverse("governance:rules")).content.decode()
    assert "Batas menurut undang-undang" in page
    assert "Permenkop UKM 8/2023 pasal 27" in page


# -- the paper of a decision -----------------------------------------------------------------------------------------


def test_the_signed_paper_is_kept_and_every_member_reads_it(client, secretary, maintainer):
    decision = record_decision(
        number="03/RA/I/2026",
        organ="members_meeting",
        kind="rules",
        decided_on=JANUARY,
        title="Bunga turun",
        text="Disetujui.",
        paper=paper(a_pdf("surat")),
        by=secretary,
    )
    client.force_login(a_member("Sri", username="sri", by=secretary).user)
    assert (
        "Surat yang ditandatangani" in client.get(reverse("governance:decision", args=[decision.pk])).content.decode()
    )
    response = client.get(reverse("governance:decision-paper", args=[decision.pk]))
    assert (words_on(response.content), response["Content-Type"]) == ("surat", "application/pdf")
    client.force_login(maintainer)
    assert client.get(reverse("governance:decision-paper", args=[decision.pk])).status_code == 403


def test_a_decision_without_a_paper_has_none_to_show(client, secretary):
    client.force_login(secretary)
    decision = a_decision(by=secretary)
    assert client.get(reverse("governance:decision-paper", args=[decision.pk])).status_code == 404
    assert (
        "Surat yang ditandatangani"
        not in client.get(reverse("governance:decision", args=[decision.pk])).content.decode()
    )


def test_the_form_takes_the_paper(client, secretary):
    client.force_login(secretary)
    url = reverse("governance:record-decision")
    form = client.get(url)
    assert 'enctype="multipart/form-data"' in form.content.decode()
    facts = {
        "token": form.context["form"]["token"].value(),
        "number": "04/RA/I/2026",
        "organ": "board",
        "decided_on": "2026-01-12",
        "title": "Rapat pengurus",
        "text": "Disetujui.",
        "paper": a_pdf(name="berita acara.pdf"),
    }
    assert client.post(url, facts).status_code == 302
    assert Decision.objects.get(number="04/RA/I/2026").paper.name == "berita acara.pdf"
