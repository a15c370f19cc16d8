"""A loan goes late: reminder, notice, three letters, a case, a talk, an agreement, paid, and restored."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.models import Notice
from governance.models import Case, Letter
from governance.queries import open_cases, sanction
from governance.services import case as cases
from governance.services import letter as letters
from loans import services as loans
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, savings_rules
from tests.governance.builders import ladder_rules
from tests.loans.builders import DAY, a_disbursed_loan, loan_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("capital")]

NBSP = "\u00a0"


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def mornings():
    """The cron job of every morning from the day after the last one until a day."""
    last = [day(2, 1)]

    def until(on):
        while last[0] < on:
            last[0] += datetime.timedelta(days=1)
            call_command("daily", "--on", last[0].isoformat(), stdout=io.StringIO())

    return until


def told(user, since):
    found = Notice.objects.filter(to=user, pk__gt=since).order_by("pk").values_list("text", flat=True)
    return [text for text in found if any(word in text.lower() for word in ("pinjaman", "surat", "perkara"))]


def test_a_loan_goes_late_and_is_put_right(books, chair, secretary, treasurer, mornings, client):
    """1,200,000 over 12 months at 1.5 % flat from 12 January: 118,000 a month, the first on 12 February."""
    savings_rules(by=secretary, due_day=20)
    loan_rules(by=secretary)
    ladder_rules(by=secretary)  # 3 before, 1 after, letter 1 after 7, then 14, 14 and 14 days
    sri = a_member_in("Sri Lestari", by=treasurer, username="sri")
    tono = a_member_in("Tono Prasetyo", by=treasurer, username="tono")
    loan = a_disbursed_loan(sri, by=treasurer, on=DAY)
    before = Notice.objects.order_by("-pk").first().pk

    # 9 February: three days before. 13 February: a day after. 19 February: seven days after, letter 1.
    mornings(day(2, 18))
    instalment = f"Angsuran pinjaman {loan.number}"
    assert told(sri.user, before) == [
        f"{instalment}: Rp{NBSP}118.000, jatuh tempo 12 Februari 2026.",
        f"{instalment}: Rp{NBSP}118.000 jatuh tempo 12 Februari 2026. Bila ada halangan, bicaralah dengan kami.",
    ]
    assert not Letter.objects.exists()

    # Each letter is signed on the day it was prepared and reaches Sri on the next; then 14 days.
    for prepared, number in ((day(2, 19), 1), (day(3, 6), 2), (day(3, 21), 3)):
        mornings(prepared - datetime.timedelta(days=1))
        assert Letter.objects.count() == number - 1
        mornings(prepared)
        letter = Letter.objects.get(step=number)
        letters.sign(letter, on=prepared, by=secretary)
        letters.record_delivery(
            letter, delivered_on=prepared + datetime.timedelta(days=1), delivered_how="by_hand", by=secretary
        )
    assert list(Letter.objects.order_by("pk").values_list("number", "amount")) == [
        ("SP-2026-0001", f"Rp{NBSP}118.000"),
        ("SP-2026-0002", f"Rp{NBSP}118.000"),  # on 6 March the instalment of 12 March is not due yet
        ("SP-2026-0003", f"Rp{NBSP}236.000"),
    ]

    # 22 March and 14 days: the books open the case.
    mornings(day(4, 4))
    assert not Case.objects.exists()
    mornings(day(4, 5))
    case = Case.objects.get()
    assert (case.number, case.opened_on, case.opened_by, case.member) == ("KS-2026-0001", day(4, 5), None, sri)
    assert list(open_cases(sri, as_of=day(4, 5))) == [case]

    # Sri reads it and answers; her neighbour finds nothing.
    page = reverse("governance:case", args=[case.pk])
    client.force_login(tono.user)
    assert client.get(page).status_code == 404
    for other in ("home", "inbox", "governance:my-cases"):
        assert "KS-2026" not in client.get(reverse(other)).content.decode()
    client.force_login(sri.user)
    assert "SP-2026-0003" in client.get(reverse("governance:my-cases")).content.decode()
    cases.answer(case, text="Pesanan sepi, anak sakit.", on=day(4, 5), by=sri.user)
    assert "Pesanan sepi, anak sakit." in client.get(page).content.decode()

    # Talked about, laid before the board, agreed.
    cases.record_talk(case, text="Pak Ketua berkunjung.", on=day(4, 6), by=chair)
    decision = a_decision(by=secretary, on=day(4, 7), organ="board", kind="sanction", about=case)
    text = "Belum ada pinjaman baru sampai tunggakan masuk."
    cases.impose_sanction(case, decision=decision, sanction="no_new_loan", text=text, on=day(4, 7), by=chair)
    cases.agree(case, text="Lunasi tunggakan sebelum rapat.", due_on=day(4, 12), on=day(4, 7), by=chair)
    assert sanction(sri, as_of=day(4, 8)) == case
    assert sanction(tono, as_of=day(4, 8)) is None

    # 10 April: February and March, 236,000. The next morning the books have seen it; the chair restores her.
    loans.repay(loan, amount=236_000, on=day(4, 10), by=treasurer)
    mornings(day(4, 11))
    assert case.steps.order_by("pk").last().kind == "settled"
    assert case.steps.order_by("pk").last().text == f"{instalment}: tidak ada lagi yang terlambat."
    cases.restore(case, text="Tunggakan masuk sebelum rapat. Terima kasih.", on=day(4, 12), by=chair)
    assert sanction(sri, as_of=day(4, 12)) is None
    assert list(open_cases(sri, as_of=day(4, 12))) == []
    assert told(sri.user, before)[-1] == "Perkara KS-2026-0001 sudah beres. Terima kasih sudah menepati janji."

    # What falls due on 12 April begins anew, with a friendly reminder on the 11th.
    assert f"{instalment}: Rp{NBSP}118.000, jatuh tempo 12 April 2026." in told(sri.user, before)
    assert_clean(day(4, 12))
