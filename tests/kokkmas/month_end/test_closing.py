"""A month is closed in the browser and by the command only when the books agree."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Period, PeriodBalance
from tests.builders import a_member_in, savings_rules
from tests.ledger.builders import run
from tests.roles import around_the_guards

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2024, 1, 1)
TOKEN = {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"}


@pytest.fixture
def january(books, treasurer, secretary):
    """January 2024: a member entered and paid 120,000."""
    savings_rules(by=secretary, on=datetime.date(2024, 1, 2))
    return a_member_in("Sri Lestari", on=datetime.date(2024, 1, 12), by=treasurer)


def close(*options):
    out = io.StringIO()
    call_command("close_month", "2024-01", "--on", "2024-02-01", *options, stdout=out)
    return out.getvalue()


def damage():
    with around_the_guards():
        run("UPDATE ledger_line SET debit = debit + 1 WHERE debit > 0")


def seals():
    return dict(Period.objects.filter(month=FIRST).values_list("unit", "seal"))


def test_close_month_closes_both_units_and_prints_the_seals(january, treasurer):
    printed = close()
    assert printed.splitlines() == [
        f"2024-01  {unit:<5} closed on 2024-02-01 by treasurer, seal {seals()[unit]}" for unit in ("umum", "usp")
    ]
    assert {period.closed_by for period in Period.objects.filter(month=FIRST)} == {treasurer}


def test_close_month_twice_says_so_and_changes_nothing(january):
    close()
    before = seals()
    again = json.loads(close("--format", "json"))
    assert again == {
        "month": "2024-01",
        "passed": True,
        "units": [
            {
                "unit": unit,
                "closed": True,
                "just_now": False,
                "closed_on": "2024-02-01",
                "closed_by": "treasurer",
                "seal": before[unit],
            }
            for unit in ("umum", "usp")
        ],
        "failed": [],
    }
    assert close().count("closed already on") == 2


def test_close_month_closes_the_unit_that_is_still_open(january, client, treasurer):
    client.force_login(treasurer)
    client.post(f"/ledger/periods/{Period.objects.get(month=FIRST, unit='usp').pk}/close/", TOKEN)
    just_now = {unit["unit"]: unit["just_now"] for unit in json.loads(close("--format", "json"))["units"]}
    assert just_now == {"umum": True, "usp": False}


def test_close_month_of_books_that_disagree_closes_nothing_and_shows_the_rows(january, capsys):
    damage()
    with pytest.raises(SystemExit) as stop:
        call_command("close_month", "2024-01", "--on", "2024-02-01", "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert stop.value.code == 1
    assert answer["passed"] is False
    assert "entries_balanced" in [check["name"] for check in answer["failed"]]
    assert all(check["rows"] for check in answer["failed"])
    assert seals() == {"usp": "", "umum": ""}
    assert not PeriodBalance.objects.exists()
    with pytest.raises(SystemExit):
        call_command("close_month", "2024-01", "--on", "2024-02-01")
    assert "2024-01 stays open" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["1999-01"], "no books for 1999-01"),
        (["2024-02", "--on", "2024-03-01"], "Tutup Januari 2024 dahulu"),
        (["2024-01", "--on", "2024-01-30"], "belum berakhir"),
        (["2024-01", "--by", "nobody"], "nobody is called nobody"),
        (["2024-01", "--by", "secretary"], "secretary may not close a month"),
    ],
)
def test_close_month_refuses(january, options, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("close_month", *options)
    assert seals() == {"usp": "", "umum": ""}


def test_page_of_books_that_disagree_shows_the_rows_and_closes_nothing(january, client, treasurer):
    damage()
    client.force_login(treasurer)
    period = Period.objects.get(month=FIRST, unit="usp")
    url = f"/ledger/periods/{period.pk}/close/"
    assert "Setiap jurnal" in client.get(url).content.decode()
    response = client.post(url, TOKEN)
    assert response.status_code == 200
    assert "Tidak ada yang ditutup" in response.content.decode()
    assert seals() == {"usp": "", "umum": ""}


def test_page_closes_when_the_books_agree(january, client, treasurer):
    client.force_login(treasurer)
    period = Period.objects.get(month=FIRST, unit="usp")
    assert client.post(f"/ledger/periods/{period.pk}/close/", TOKEN).url == "/ledger/periods/"
    period.refresh_from_db()
    assert period.closed_by == treasurer
