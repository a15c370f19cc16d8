"""What falls due is told once: instalments, savings, handovers, the meeting, terms of office, next year's books."""

import datetime
import io
import json
import uuid

import pytest
from django.core.management import call_command

from core import dates
from core.models import Notice, SpentToken
from core.permissions import Role
from core.services import purge_spent_tokens
from governance.services import plan_next
from kokkmas.office.reminders import ladder, open_next_year, remind
from ledger.models import Period, Unit
from ledger.services import open_year
from loans import services as loans
from orders import services as orders
from savings import services as savings
from tests.builders import a_member, a_member_in, elect, savings_rules
from tests.governance.builders import ladder_rules
from tests.loans.builders import DAY, a_disbursed_loan, loan_rules
from tests.orders.builders import a_claim, a_workshop, an_offer, an_order, day
from tests.pricing.builders import a_price_list, an_item

pytestmark = pytest.mark.django_db


def told(username):
    return list(Notice.objects.filter(to__username=username).order_by("pk").values_list("text", flat=True))


@pytest.fixture
def quiet():
    """Forget what the services said while the test was set up."""

    def forget():
        Notice.objects.all().delete()

    return forget


@pytest.fixture
def loan(capital, treasurer, secretary, quiet):
    """1,200,000 over 12 months at 1.5 % flat from 12 January 2026: 118,000 each, first on 12 February."""
    savings_rules(by=secretary, due_day=20)
    loan_rules(by=secretary)
    ladder_rules(by=secretary)
    sri = a_member_in("Sri Lestari", by=treasurer, username="sri")
    loan = a_disbursed_loan(sri, by=treasurer, on=DAY)
    quiet()
    return loan


def test_instalment_is_told_three_days_before_once(loan):
    told_on = {on: ladder(datetime.date(2026, 2, on))["reminders"] for on in range(7, 13)}
    assert told_on == {7: 0, 8: 0, 9: 1, 10: 0, 11: 0, 12: 0}
    assert told("sri") == [f"Angsuran pinjaman {loan.number}: Rp\u00a0118.000, jatuh tempo 12 Februari 2026."]


def test_instalment_overdue_is_told_once_with_all_that_is_late(loan):
    assert ladder(datetime.date(2026, 3, 13))["notices"] == 1
    assert ladder(datetime.date(2026, 3, 14))["notices"] == 0
    assert told("sri") == [
        f"Angsuran pinjaman {loan.number}: Rp\u00a0236.000 jatuh tempo 12 Februari 2026. "
        "Bila ada halangan, bicaralah dengan kami."
    ]


def test_instalment_that_is_paid_is_not_told(loan, treasurer, quiet):
    loans.repay(loan, amount=118_000, on=datetime.date(2026, 2, 9), by=treasurer)
    quiet()
    assert set(ladder(datetime.date(2026, 2, 12)).values()) == {0}
    assert set(ladder(datetime.date(2026, 2, 13)).values()) == {0}


def test_reminders_are_not_said_twice(loan):
    on = datetime.date(2026, 2, 11)
    plan_next(on=on)
    assert (ladder(on)["reminders"], remind(on)["meeting"]) == (1, 1)
    assert set(ladder(on).values()) == set(remind(on).values()) == {0}
    assert len(told("sri")) == 2


def test_reminders_cost_the_same_questions_for_three_members(loan, treasurer, django_assert_max_num_queries):
    for name in ("Tono Prasetyo", "Wati Handayani"):
        a_disbursed_loan(a_member_in(name, by=treasurer, username=name[:4].lower()), by=treasurer, on=DAY)
    on = datetime.date(2026, 2, 9)
    with django_assert_max_num_queries(34):  # no question for each member
        ladder(on)
        remind(on)


def test_mandatory_savings_are_told_on_the_due_day(loan, treasurer):
    tono = a_member_in("Tono Prasetyo", by=treasurer, username="tono")
    savings.deposit(tono, kind="mandatory", amount=240_000, on=datetime.date(2025, 2, 1), by=treasurer)
    assert remind(datetime.date(2025, 2, 19))["mandatory_savings"] == 0
    assert remind(datetime.date(2025, 2, 20))["mandatory_savings"] == 1
    assert told("sri") == ["Simpanan wajib sejak Februari 2025 jatuh tempo, seluruhnya Rp\u00a020.000."]


def test_meeting_is_told_the_day_before_the_12th_to_members(secretary, treasurer):
    a_member("Sri Lestari", username="sri")
    plan_next(on=datetime.date(2026, 3, 1))
    assert remind(datetime.date(2026, 3, 10))["meeting"] == 0
    assert remind(datetime.date(2026, 3, 11))["meeting"] == 1
    assert told("sri") == [
        "Besok, 12 Maret 2026, anggota berkumpul. Simpanan, iuran dan angsuran dapat dibayar di sana."
    ]
    assert remind(datetime.date(2026, 3, 12))["meeting"] == 0


def test_handover_is_told_the_day_before_until_it_is_sent(books, secretary, chair, quiet):
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, start=datetime.date(2026, 1, 12), drafter=secretary, decider=chair)
    budi, siti = a_workshop("Budi Hartono", by=secretary), a_workshop("Siti Rahayu", by=secretary)
    claim = a_claim(an_offer(an_order(budi, sandal), due=21), siti)
    quiet()
    assert remind(day(19))["handovers"] == 0
    assert remind(day(20))["handovers"] == 1
    assert told("siti") == [
        "Besok, 23 Maret 2026, 20 pasang Sandal kulit harus diserahkan. Kirimkan, atau kabari pemegang pesanan."
    ]
    orders.deliver(claim, delivered=20, on=day(20), by=siti.user)
    quiet()
    assert remind(day(20))["handovers"] == 0


def test_end_of_a_term_is_told_to_who_calls_the_meeting(secretary, chair):
    member = a_member("Sri Lestari")
    start, end = datetime.date(2025, 3, 1), datetime.date(2026, 3, 1)
    elect(member, role=Role.TREASURER, started_on=start, ends_on=end, by=secretary)
    assert remind(datetime.date(2026, 1, 29))["terms_of_office"] == 0
    assert remind(datetime.date(2026, 1, 30))["terms_of_office"] == 2
    text = "Masa jabatan Sri Lestari sebagai Bendahara berakhir 1 Maret 2026. Masukkan pemilihan ke agenda rapat."
    assert told("chair")[-1] == told("secretary")[-1] == text


def test_next_years_books_are_opened_in_december_once(treasurer):
    for unit in Unit:
        open_year(unit, 2026, by=treasurer)
    assert open_next_year(datetime.date(2026, 11, 30)) == 0
    assert open_next_year(datetime.date(2026, 12, 1)) == 2
    assert open_next_year(datetime.date(2026, 12, 2)) == 0
    assert Period.objects.filter(month__year=2027).count() == 24


def test_next_years_books_wait_for_a_treasurer(db):
    assert open_next_year(datetime.date(2026, 12, 1)) == 0


def test_daily_prints_one_line_of_counts(secretary):
    a_member("Sri Lestari", username="sri")
    out = io.StringIO()
    call_command("daily", "--on", "2026-03-11", stdout=out)
    call_command("daily", "--on", "2026-03-11", "--format", "json", stdout=out)
    line, answer = out.getvalue().splitlines()
    assert line == (
        "2026-03-11  units_opened=0  rounds_closed=0  return_dates_moved=0  roles_moved=0  "
        "meetings_planned=1  terms_ended=0  "
        "standing_orders=0  tokens_purged=0  reminders=0  notices=0  letters=0  cases=0  settled=0  "
        "mandatory_savings=0  departures=0  handovers=0  meeting=1  terms_of_office=0"
    )
    assert json.loads(answer)["meeting"] == 0


def test_old_tokens_are_forgotten_and_young_ones_are_not(db):
    for age in (91, 89):
        SpentToken.objects.create(token=uuid.uuid4(), spent_at=dates.now() - datetime.timedelta(days=age))
    assert purge_spent_tokens() == 1
    assert purge_spent_tokens() == 0
    assert SpentToken.objects.count() == 1
