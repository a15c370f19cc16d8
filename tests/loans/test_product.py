"""Rates of loan rules are typed and read in percent, and stored in hundredths of it."""

import datetime
import uuid

import pytest
from django.urls import reverse, reverse_lazy

from core.dates import today
from core.permissions import Role
from governance import effects, queries
from governance.models import LegalCeilings, RulesProposal
from governance.queries.proposal import drafted
from loans.models import LoanProduct, LoanRules
from tests.builders import a_decision, a_member_in, the_user
from tests.loans.builders import DAY, VALUES, a_disbursed_loan, loan_rules
from tests.savings.builders import interest_rules, term_rules

KIND = "loans.loanrules"
RATES = ("rate_bp", "provision_bp", "penalty_rate_bp", "penalty_cap_bp", "attendance_bp")


@pytest.fixture
def rules(chair):
    return loan_rules(by=chair, provision_bp=100, penalty_rate_bp=20, penalty_cap_bp=1000)


@pytest.fixture
def typed(rules):
    """The form of the current version as the browser would send it, with rates typed in percent."""
    names = ["product", *(column.name for column in queries.term_fields(LoanRules))]
    values = {name: getattr(rules, name) for name in names if name not in RATES}
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    return sent | {
        "product": rules.product_id,
        "rate_bp": "1,25",
        "provision_bp": "1",
        "penalty_rate_bp": "0,2 %",
        "penalty_cap_bp": "10",
        "attendance_bp": "75",
        "reason": "Jasa turun.",
        "token": str(uuid.uuid4()),
    }


URL = reverse_lazy("governance:propose", args=[KIND])


def test_rates_are_shown_in_percent(rules):
    shown = {term.label: term.value for term in queries.terms(rules)}
    fields = [LoanRules._meta.get_field(name) for name in RATES]
    assert [shown[str(column.verbose_name)] for column in fields] == [
        "1,5\u00a0%",
        "1\u00a0%",
        "0,2\u00a0%",
        "10\u00a0%",
        "0\u00a0%",
    ]


def test_the_form_offers_the_rates_in_force_in_percent(client, chair, rules):
    client.force_login(chair)
    form = client.get(URL).context["form"]
    assert [form[name].value() for name in RATES] == ["1,5", "1", "0,2", "10", "0"]


def test_a_new_version_takes_percent_through_the_comparison(client, chair, rules, typed):
    client.force_login(chair)
    made = client.post(URL, typed)
    assert made.status_code == 302, made.context["form"].errors
    page = client.get(made["Location"])
    assert {(term.before, term.value) for term in page.context["comparison"] if term.is_changed} == {
        ("1,5\u00a0%", "1,25\u00a0%"),
        ("0\u00a0%", "75\u00a0%"),
    }
    put(client, chair, page.context["proposal"])
    version = LoanRules.objects.latest("in_force_from")
    assert [getattr(version, name) for name in RATES] == [125, 100, 20, 1000, 7500]


def put(client, chair, proposal):
    """Put it in force from tomorrow on, as the browser of a second officer does."""
    client.force_login(the_user(Role.SECRETARY))
    url = reverse("governance:put-in-force", args=[proposal.pk])
    facts = {
        "token": str(uuid.uuid4()),
        "decided_in": a_decision(by=chair, on=datetime.date(2026, 1, 12), number="RA-JASA").pk,
        "in_force_from": (today() + datetime.timedelta(days=1)).isoformat(),
    }
    assert client.post(url, facts).status_code == 302


def test_a_rate_above_the_ceiling_is_refused_with_the_article(client, chair, rules, typed):
    client.force_login(chair)
    page = client.post(URL, {**typed, "rate_bp": "2,01"})
    assert "24\u00a0% setahun (Permenkop UKM 8/2023 pasal 27)" in str(page.context["form"].errors["rate_bp"])
    assert RulesProposal.objects.count() == 0


def test_tiers_are_typed_row_by_row(client, chair, rules, typed):
    client.force_login(chair)
    assert [name for name in client.get(URL).context["form"].fields if name.startswith("tiers-")] == [
        f"tiers-{number}-{name}" for number in (0, 1) for name in ("from_months", "from_savings", "most_amount")
    ]
    page = client.post(URL, {**typed, "tiers-0-from_months": "12", "tiers-0-most_amount": ""})
    assert "tiers-0-most_amount" in page.context["form"].errors
    tiers = {
        "tiers-0-from_months": "",
        "tiers-0-most_amount": "1.000.000",
        "tiers-1-from_months": "12",
        "tiers-1-from_savings": "500.000",
        "tiers-1-most_amount": "3.000.000",
    }
    made = client.post(URL, {**typed, **tiers, "token": str(uuid.uuid4())})
    assert made.status_code == 302, made.context["form"].errors
    page = client.get(made["Location"])
    put(client, chair, page.context["proposal"])
    version = LoanRules.objects.latest("in_force_from")
    assert [(tier.from_months, tier.from_savings, tier.most_amount) for tier in version.tiers.all()] == [
        (0, 0, 1_000_000),
        (12, 500_000, 3_000_000),
    ]
    # The next proposal starts with them, and the history says them in a sentence.
    form = client.get(f"{URL}?version={version.pk}").context["form"]
    assert (form["tiers-1-most_amount"].value(), "tiers-3-most_amount" in form.fields) == (3_000_000, True)
    history = client.get(reverse("governance:rules-history", args=[KIND])).content.decode()
    assert "mulai 12 bulan menjadi anggota, mulai simpanan Rp\u00a0500.000: Rp\u00a03.000.000" in history


def test_what_new_loan_rules_would_change_is_counted(house, sri, treasurer, chair, secretary):
    a_disbursed_loan(sri, by=treasurer, principal=1_200_000, instalments=12)
    a_member_in("Budi Hartono", on=datetime.date(2025, 12, 12), by=treasurer)
    current = LoanRules.objects.get()
    values = {name: getattr(current, name) for name in ("product", *VALUES)}
    values |= {"most_amount": 1_000_000, "most_instalments": 10, "membership_months": 6}
    proposed = drafted(LoanRules, values | {"tiers": [{"from_savings": 121_000, "most_amount": 500_000}]})
    found = effects.of(proposed, current, as_of=DAY)
    assert [(effect.question, effect.count, effect.of) for effect in found] == [
        ("Pinjaman berjalan, lebih besar dari Rp\u00a01.000.000", 1, 1),
        ("Pinjaman berjalan, lebih dari 10 angsuran", 1, 1),
        ("Pengajuan yang menunggu, lebih besar dari Rp\u00a01.000.000", 0, 0),
        ("Pengajuan yang menunggu, lebih dari 10 angsuran", 0, 0),
        ("Anggota yang belum cukup lama", 1, 2),
        ("Anggota yang tidak mencapai tingkat mana pun", 2, 2),
        ("Anggota dengan perkara terbuka", 0, 2),
    ]


def test_a_lower_ceiling_counts_the_rules_that_would_exceed_it(chair):
    loan_rules(by=chair, rate_bp=200)
    law = LegalCeilings.built_in()
    interest_rules(by=chair, rate_bp=700)
    term_rules(by=chair, rate_bp=600)
    [rates, returns, offices] = effects.of(LegalCeilings(loan_rate_bp=1800, savings_return_bp=650), law, as_of=DAY)
    assert (rates.count, rates.of, rates.note) == (1, 1, "Modal kerja")
    assert (returns.count, returns.of, returns.note) == (1, 2, "aturan jasa simpanan 12 Januari 2025")
    assert (offices.count, offices.of) == (0, 0)


def test_a_kind_of_loan_is_added_with_its_first_rules(client, chair, treasurer, typed):
    client.force_login(treasurer)
    assert client.get(reverse("loans:add-product")).status_code == 403
    client.force_login(chair)
    page = client.get(reverse("loans:add-product"))
    facts = {"token": page.context["form"]["token"].value(), "code": "alat", "name": "Pinjaman alat"}
    made = client.post(reverse("loans:add-product"), facts)
    product = LoanProduct.objects.get(code="alat")
    assert made["Location"] == f"{URL}?product={product.pk}"
    assert client.get(made["Location"]).context["form"]["product"].value() == str(product.pk)
    proposal = client.post(made["Location"], {**typed, "product": product.pk})["Location"]
    put(client, chair, client.get(proposal).context["proposal"])
    assert product.rules.get().rate_bp == 125
