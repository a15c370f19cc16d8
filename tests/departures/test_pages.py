"""The pages of leaving open for the roles they belong to, and the check of 2402 finds a rupiah that drifted."""

import datetime

import pytest
from django.urls import reverse

from core.dates import today
from core.uploads import Upload
from departures import services
from ledger import papers
from ledger.services import credit, debit, post_entry
from reports import checks
from tests.reports.conftest import run_around_the_guards

JUNE = datetime.date(2026, 6, 10)

pytestmark = pytest.mark.django_db


def opened(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"departures:{name}", args=args)).status_code


def test_each_page_opens_for_its_role_and_refuses_others(sri, client, treasurer, chair):
    assert opened(client, treasurer, "propose", sri.pk) == 200
    assert opened(client, sri.user, "propose", sri.pk) == 403
    departure = services.propose_departure(sri, kind="own_request", on=today(), by=treasurer)
    assert opened(client, sri.user, "detail", departure.pk) == 200
    assert opened(client, chair, "approve", departure.pk) == 200
    assert opened(client, treasurer, "approve", departure.pk) == 403
    assert opened(client, treasurer, "drop", departure.pk) == 200
    services.approve_departure(departure, on=today(), by=chair)
    for name in ("pay", "detail", "statement"):
        assert opened(client, treasurer, name, departure.pk) == 200
    assert opened(client, chair, "pay", departure.pk) == 403
    assert opened(client, treasurer, "list") == opened(client, treasurer, "export") == 200


def test_the_check_finds_what_a_former_member_would_miss(sri, treasurer, chair):
    departure = services.propose_departure(sri, kind="own_request", on=datetime.date(2026, 6, 10), by=treasurer)
    services.approve_departure(departure, on=datetime.date(2026, 6, 10), by=chair)
    run_around_the_guards("UPDATE departures_departure SET to_pay = to_pay - 1, principal = principal - 1")
    found = {check.name for check in checks.run_all(as_of=datetime.date(2026, 6, 10)) if not check.passed}
    assert "departures_equal_ledger" in found


def test_the_check_finds_savings_of_somebody_who_has_left(sri, treasurer, chair):
    departure = services.propose_departure(sri, kind="own_request", on=datetime.date(2026, 6, 10), by=treasurer)
    services.approve_departure(departure, on=datetime.date(2026, 6, 10), by=chair)
    assert checks.run("former_members_have_nothing_saved", as_of=datetime.date(2026, 6, 10)).passed
    post_entry(
        unit="usp", on=datetime.date(2026, 6, 30), reference="interest:wrong", memo="Jasa",
        lines=[debit("5101", 700, member=sri), credit("2101", 700, member=sri)], by=treasurer,
    )  # fmt: skip
    assert checks.run("former_members_have_nothing_saved", as_of=datetime.date(2026, 6, 30)).rows


@pytest.mark.parametrize(("heir", "party"), [({}, "Sri Lestari (1)"), (True, "Ani")])
def test_the_receipt_of_an_heir_bears_no_member_number(sri, treasurer, chair, monkeypatch, heir, party):
    facts = {"kind": "own_request"}
    if heir:
        paper = Upload("waris.pdf", "application/pdf", b"%PDF-1.4")
        facts = {"kind": "death", "died_on": JUNE, "heir_name": "Ani", "heir_relation": "anak", "heir_paper": paper}
    departure = services.propose_departure(sri, on=JUNE, by=treasurer, **facts)
    departure = services.pay_departure(services.approve_departure(departure, on=JUNE, by=chair), on=JUNE, by=treasurer)
    printed = []
    monkeypatch.setattr("core.documents.pdf", lambda _template, data: printed.append(data))
    papers.receipt(departure.receipt)
    assert printed[0]["party"] == party
