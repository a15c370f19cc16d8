"""One box for everything: by number, by part of a name, with a wrong letter, and only what somebody may see."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.permissions import Role
from kokkmas.office import search
from ledger.models import Receipt
from tests import builders
from tests.loans.builders import a_disbursed_loan, loan_rules

ON = datetime.date(2026, 3, 12)
pytestmark = pytest.mark.django_db


def titles(text, user):
    return {group.label: [hit.title for hit in group.hits] for group in search.find(text, user, on=ON)}


@pytest.fixture
def people(books, capital, chair, secretary, treasurer):
    """Hartono and Sri are members with savings, and Hartono has a loan."""
    builders.savings_rules(by=secretary)
    loan_rules(by=secretary)
    on = datetime.date(2025, 1, 12)
    hartono = builders.a_member_in("Budi Hartono", on=on, by=treasurer, username="budi", phone="+6281234567890")
    sri = builders.a_member_in("Sri Lestari", on=on, by=treasurer, username="sri")
    return hartono, sri, a_disbursed_loan(hartono, by=treasurer)


@pytest.mark.parametrize(
    "typed", ["Budi Hartono", "hartono", "HART", "artono", "hartno", "budii", "0812-3456-7890", "+62 812 3456", "1"]
)
def test_a_member_is_found_by_part_and_misspelt_by_telephone_and_number(people, treasurer, typed):
    assert titles(search.clean(typed), treasurer)["Orang"] == ["Budi Hartono"]


@pytest.mark.parametrize(
    "typed", ["zzzz", "badri", "x" * 500, "'\"); DROP", "👜👜", "%%", "__", "\\", "2026-", "\x00\x00"]
)
def test_what_is_not_there_is_not_found(people, treasurer, typed):
    assert titles(search.clean(typed), treasurer) == {}


def test_one_letter_asks_for_another(client, people, treasurer):
    client.force_login(treasurer)
    assert "sedikitnya dua huruf" in client.get("/search/?q=b").content.decode()
    assert "Tidak ada yang bernama" in client.get("/search/", {"q": "<b>zz</b>" * 80}).content.decode()


@pytest.mark.parametrize(
    "shape", ["KW-{year}-{serial:04}", "kw {serial}", "{year}-{serial}", "kw/{year}/{serial}", "{serial}"]
)
def test_a_receipt_is_found_by_its_number_however_it_is_written(people, treasurer, shape):
    receipt = Receipt.objects.order_by("pk").first()
    _series, year, serial = receipt.number.split("-")
    found = titles(shape.format(year=year, serial=int(serial)), treasurer)
    assert any(title.startswith(receipt.number) for title in found["Kuitansi"])


def test_the_whole_number_leads_straight_to_the_paper(client, people, treasurer):
    receipt = Receipt.objects.order_by("pk").first()
    client.force_login(treasurer)
    assert client.get("/search/", {"q": receipt.number.lower()}).url == f"/ledger/receipts/{receipt.pk}/"


def test_a_member_finds_their_own_papers_and_nobody_elses(client, people):
    hartono, sri, loan = people
    own, others = (Receipt.objects.filter(member=member).first() for member in (sri, hartono))
    assert "Kuitansi" in titles(own.number, sri.user)
    assert titles(others.number, sri.user) == {}
    assert titles(loan.number, sri.user) == {}
    assert "Pinjaman" in titles(loan.number, hartono.user)
    assert titles("hartono", sri.user) == {}, "nobody's telephone and loan are the neighbours' business"
    client.force_login(sri.user)
    assert client.get("/search/", {"q": others.number}).status_code == 200


def test_what_is_done_next_stands_on_the_row(people, treasurer, secretary):
    _hartono, _sri, loan = people

    def next_steps(text, user):
        return [url for group in search.find(text, user, on=ON) for hit in group.hits for _label, url in hit.actions]

    assert f"/loans/{loan.pk}/repay/" in next_steps("hartono", treasurer)
    assert f"/loans/{loan.pk}/repay/" in next_steps(loan.number, treasurer)
    assert next_steps("hartono", secretary) == []


def test_pages_and_partners_are_found_by_name(people, treasurer, secretary):
    builders.a_partner("Mirota Batik", by=secretary)
    assert titles("mirotta", treasurer) == {"Mitra": ["Mirota Batik"]}
    assert "Neraca saldo" in titles("neraca", treasurer)["Halaman"]
    assert "Halaman" not in titles("neraca", people[1].user)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.MEMBER])
@pytest.mark.parametrize("typed", ["", "hartono", "1", "2026-1"])
def test_the_page_opens_for_every_role(client, people, role, typed):
    client.force_login(builders.the_user(role))
    assert client.get("/search/", {"q": typed}).status_code == 200


def test_it_asks_no_more_of_the_database_as_more_is_found(client, people, treasurer):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/?q=lestari")
        return len(captured)

    client.force_login(treasurer)
    before = asked()
    for name in ("Ani Lestari", "Tuti Lestari"):
        builders.a_member_in(name, on=datetime.date(2025, 2, 12), by=treasurer)
    assert asked() == before


def test_a_name_is_found_through_its_trigrams(people):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'members%%trigrams'")
        assert len(cursor.fetchall()) == 3
