"""The year for the annual meeting: its statements agree with one another, and its figures with the story.

2026 of `tests/reports/conftest.py`: two members at the end, one of whom entered in November; 14,000 earned by
the savings-and-loan unit, 115,000 by the general one (80,000 + 50,000 of dues less 15,000 for a meeting).
"""

import datetime
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from core.permissions import Role
from reports.papers.year import paper
from reports.queries.year import FINANCING, OPERATING, Year, years
from tests.builders import a_user


@pytest.fixture
def year(november):
    return Year(2026)


def total(rows, at="now"):
    return sum(getattr(row, at) for row in rows)


def test_what_is_owned_is_owed_or_own(year):
    for at in ("now", "before"):
        own = year.position("equity") + year.results
        assert total(year.position("assets"), at) == total(year.position("liabilities") + own, at)
    assert {row.code: row.now for row in year.position("assets")} == {
        "1101": 334_000 + 202_000 + 50_000,
        "1102": 25_000,
        "1201": 300_000,
    }


def test_income_less_expenses_is_the_surplus_of_the_year(year):
    assert total(year.income("income")) - total(year.income("expenses")) == 129_000
    assert [(row.now, row.before) for row in year.results] == [(30_000, 0), (129_000, 30_000)]


def test_own_capital_changes_from_one_position_to_the_other(year):
    own = year.position("equity") + year.results
    assert sum(row.closing for row in year.equity_changes) == total(own)
    assert sum(row.opening for row in year.equity_changes) == total(own, "before")
    assert [row.added for row in year.equity_changes] == [100_000, 20_000, 129_000]


def test_cash_flows_lead_from_the_first_cash_to_the_last(year):
    flows = dict.fromkeys((OPERATING, FINANCING), 0)
    for flow in year.cash_flows:
        flows[flow.activity] += flow.amount
    assert flows[FINANCING] == 120_000, "what Tono paid on entering"
    assert year.cash.before + sum(flows.values()) == year.cash.now == 611_000


def test_the_members_and_their_year(year):
    assert year.members == {"opening": 1, "entered": 1, "left": 0, "closing": 2}
    assert (year.life["orders"], year.life["handed_over"], year.life["handed_over_amount"]) == (1, 1, 162_000)


def test_the_book_says_it_all(year):
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper(year))).pages)
    for words in (
        "Laporan tahunan 2026",
        "Posisi keuangan per 31 Desember 2026",
        "Arus kas",
        "Perubahan ekuitas",
        "129.000",
    ):
        assert words in text


def test_years_that_are_over(november):
    assert years(as_of=datetime.date(2027, 1, 1))[0] == 2026
    assert years(as_of=datetime.date(2026, 12, 31))[0] == 2025


def test_the_page_and_the_paper(client, november):
    client.force_login(a_user(Role.SUPERVISOR))
    page = client.get(reverse("reports:annual"))
    assert "Buku RAT (PDF)" in page.content.decode()
    paper_of = client.get(reverse("reports:annual-paper"), {"year": 2025})
    assert b"".join(paper_of.streaming_content).startswith(b"%PDF")
    assert client.get(reverse("reports:annual-paper"), {"year": 1999}).status_code == 404
    client.force_login(a_user(Role.MEMBER))
    assert client.get(reverse("reports:annual")).status_code == 200, "the members approve it, so they read it"
    client.force_login(a_user(Role.MAINTAINER))
    assert client.get(reverse("reports:annual")).status_code == 403
