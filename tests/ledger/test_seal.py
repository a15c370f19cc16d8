"""The printed seal: an owner can forge a closed month so that every check is green, and is found by the paper."""

import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from ledger import chart, papers, queries
from ledger.models import Period
from ledger.services import close_period, credit, debit, post_entry
from reports import checks
from savings import papers as savings_papers
from tests import builders
from tests.books import assert_clean
from tests.roles import around_the_guards

DAY = datetime.date(2026, 1, 20)
SEEN = datetime.date(2026, 3, 5)


@pytest.fixture
def closed(books, treasurer):
    """Rp 500,000 came in on 20 January; every month until February is closed."""
    post_entry(
        unit="usp", on=DAY, reference="gift:1", memo="Hibah",
        lines=[debit(chart.CASH, 500_000), credit(chart.OPENING_BALANCES, 500_000)], by=treasurer,
    )  # fmt: skip
    for period in Period.objects.filter(unit="usp", month__lt=datetime.date(2026, 3, 1)).order_by("month"):
        close_period(period, on=SEEN, by=treasurer)


def printed(until=SEEN):
    [seal] = papers.seals(until=until)
    return seal["code"]


def answer(code):
    return Client().get(f"/seal/{code}/")


def forge_everything():
    """A fifth of the gift disappears from lines and snapshots, and all seals are made anew, as the owner can."""
    with around_the_guards(), connection.cursor() as cursor:
        for table in ("ledger_line", "ledger_periodbalance"):
            for side in ("debit", "credit"):
                cursor.execute(f"UPDATE {table} SET {side} = {side} - 100000 WHERE {side} = 500000")
        cursor.execute(
            "UPDATE ledger_periodbalance SET opening = opening - sign(opening) * 100000 WHERE abs(opening) = 500000"
        )
        for period in Period.objects.filter(unit="usp").exclude(seal="").order_by("month"):
            cursor.execute("UPDATE ledger_period SET seal = ledger_seal(id) WHERE id = %s", [period.pk])


def test_paper_fits_the_books_and_shows_no_figure_without_a_login(closed):
    response = answer(printed())
    assert response.status_code == 200
    assert "Februari 2026" in response.text
    assert "500" not in response.text.replace("5000", "")


def test_forged_month_passes_every_check_and_is_found_by_the_paper(closed):
    paper = printed()
    forge_everything()
    assert_clean(SEEN)
    assert printed() != paper
    response = answer(paper)
    assert response.status_code == 404
    assert "pengawas" in response.text


def test_line_that_was_bent_without_a_new_seal_is_found_by_both(closed):
    paper = printed()
    with around_the_guards(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_line SET debit = debit - 1 WHERE debit = 500000")
    assert answer(paper).status_code == 404
    assert "seals_valid" in {check.name for check in checks.run_all(as_of=SEEN) if not check.passed}


def test_a_forged_month_breaks_the_seals_of_all_later_ones(closed):
    january, february = papers.seals(until=datetime.date(2026, 2, 27))[0], papers.seals(until=SEEN)[0]
    assert january["label"] != february["label"]
    forge_everything()
    assert answer(january["code"]).status_code == answer(february["code"]).status_code == 404


@pytest.mark.parametrize("code", ["", "x", "0" * 15, "0" * 16, "%", "'; DROP", "0" * 64])
def test_whatever_is_typed_gets_an_answer(closed, code):
    assert Client().get(f"/seal/{code}/" if code else "/seal/x/").status_code == 404


def test_seal_with_and_without_dashes_or_capitals(closed):
    code = printed()
    for typed in (code, code.replace("-", ""), code.upper()):
        assert answer(typed).status_code == 200


def test_month_that_is_not_over_has_no_seal_on_the_paper(closed):
    assert queries.last_seals(until=datetime.date(2023, 12, 1)) == []


def test_passbook_carries_the_seal(closed, treasurer):
    sri = builders.a_member()
    response = savings_papers.passbook_response(sri, on=SEEN)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(b"".join(response.streaming_content))).pages)
    assert printed() in text
