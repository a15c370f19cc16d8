"""Month-end work: shown before it is posted, posted once, and posted by the close where nobody did it before."""

import datetime
import io

import pytest
from django.core.management import call_command

from core.errors import Refused
from kokkmas.month_end import work
from ledger import chart
from ledger import services as ledger
from ledger.models import Entry, Period, Unit
from ledger.queries import account_balance
from ledger.services import LedgerRefused, credit, debit

pytestmark = pytest.mark.django_db

JANUARY = datetime.date(2024, 1, 1)
END = datetime.date(2024, 1, 31)
TOKEN = {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"}


def wear_and_tear(month, *, on, by):
    """Machines lose 50,000 a month: desired minus actual."""
    missing = 50_000 - account_balance(Unit.UMUM, chart.DEPRECIATION, as_of=on)
    if missing:
        ledger.post_entry(
            unit=Unit.UMUM,
            on=on,
            reference=f"wear:{month:%Y-%m}",
            memo="Penyusutan",
            lines=[debit(chart.DEPRECIATION, missing), credit(chart.ACCUMULATED_DEPRECIATION, missing)],
            by=by,
        )


def refused(month, *, on, by):
    raise Refused("Belum ada aturan.")


def step(post, unit=Unit.UMUM):
    return work.Step(unit, "wear:", "Penyusutan mesin", "Nilai mesin berkurang.", post)


@pytest.fixture
def period(books, monkeypatch):
    monkeypatch.setattr(work, "STEPS", [step(wear_and_tear)])
    return Period.objects.get(month=JANUARY, unit=Unit.UMUM)


def test_preview_says_what_would_be_posted_and_posts_nothing(period, treasurer):
    [found] = work.preview(period, by=treasurer)
    assert (found.preview.entries, found.posted, found.preview.is_done) == (1, 0, False)
    assert [(row.code, row.debit, row.credit) for row in found.preview.sums] == [
        ("1609", 0, 50_000),
        ("5205", 50_000, 0),
    ]
    assert not Entry.objects.exists()


def test_a_second_run_posts_nothing_more(period, treasurer):
    assert work.run(period, on=END, by=treasurer) == 1
    assert work.run(period, on=END, by=treasurer) == 0
    [found] = work.preview(period, by=treasurer)
    assert (found.preview.entries, found.posted, found.preview.is_done) == (0, 1, True)
    assert account_balance(Unit.UMUM, chart.DEPRECIATION, as_of=END) == 50_000


def test_each_unit_does_its_own_steps(period, treasurer):
    assert work.run(Period.objects.get(month=JANUARY, unit=Unit.USP), on=END, by=treasurer) == 0


@pytest.mark.parametrize(
    ("month", "on", "sentence"), [(1, datetime.date(2024, 1, 30), "belum berakhir"), (2, END, "belum berakhir")]
)
def test_a_month_that_has_not_ended_waits(period, treasurer, month, on, sentence):
    asked = Period.objects.get(month=datetime.date(2024, month, 1), unit=Unit.UMUM)
    with pytest.raises(LedgerRefused, match=sentence):
        work.run(asked, on=on, by=treasurer)


def test_an_earlier_month_comes_first(period, treasurer):
    february = Period.objects.get(month=datetime.date(2024, 2, 1), unit=Unit.UMUM)
    with pytest.raises(LedgerRefused, match="Tutup Januari 2024 dahulu"):
        work.run(february, on=datetime.date(2024, 3, 1), by=treasurer)


def test_a_step_that_refuses_says_why_and_the_others_are_shown(period, treasurer, monkeypatch):
    monkeypatch.setattr(work, "STEPS", [step(refused), step(wear_and_tear)])
    first, second = [found.preview for found in work.preview(period, by=treasurer)]
    assert (first.refusal, first.is_done, second.entries) == ("Belum ada aturan.", False, 1)


def test_the_close_does_what_was_not_done(period, treasurer):
    call_command("close_month", "2024-01", "--on", "2024-02-01", stdout=io.StringIO())
    assert account_balance(Unit.UMUM, chart.DEPRECIATION, as_of=END) == 50_000
    assert Period.objects.filter(month=JANUARY, closed_on=None).count() == 0


def test_page_previews_on_request_posts_and_then_says_done(period, client, treasurer):
    client.force_login(treasurer)
    url = f"/ledger/periods/{period.pk}/month-end/"
    shown = client.get(url).content.decode()
    assert "Penyusutan mesin" in shown
    assert "50.000" not in shown
    assert "Belum ada yang dicatat." in client.get(f"/ledger/periods/{period.pk}/close/").content.decode()
    assert client.post(url, {"preview": "1"}).content.decode().count("50.000") == 2
    assert not Entry.objects.exists()
    assert client.post(url, TOKEN).url == url
    again = client.post(url, {"preview": "1"}).content.decode()
    assert "50.000" not in again
    assert "selesai" in again
    assert "1 jurnal sudah tercatat" in client.get(f"/ledger/periods/{period.pk}/close/").content.decode()


def test_only_the_treasurer_does_it(period, client, chair, supervisor):
    for user in (chair, supervisor):
        client.force_login(user)
        assert client.get(f"/ledger/periods/{period.pk}/month-end/").status_code == 403
