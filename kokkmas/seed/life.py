"""Two years in the demo cooperative, a month after the other, day by day within it."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from random import Random

from django.db import connection
from django.db.models import F

from core import dates
from core.dates import add_months, months_between
from core.models import Notice
from governance import services as governance
from governance.models import Announcement
from kokkmas.month_end import work as month_end
from kokkmas.seed import (
    banking,
    founding,
    material,
    money,
    programmes,
    reminders,
    saving,
    selling,
    shu,
    solidarity,
    statutes,
    today,
    work,
)
from kokkmas.seed.clock import story_clock
from kokkmas.seed.founding import Cooperative
from kokkmas.seed.goods import ITEMS
from kokkmas.seed.speed import few_savepoints
from ledger.models import Period
from ledger.services import close_period
from loans.models import Loan
from pricing.models import Item

DAY = datetime.timedelta(days=1)


def tell(*, until: datetime.date, months: int, members: int, seed: int, watch: Callable = iter) -> Cooperative:
    """The story from the founding meeting, `months` months before `until`, to that day. Same arguments, same data.

    `watch` is given the months and yields them again; a command shows a bar meanwhile.
    """
    random = Random(seed)
    started_on = add_months(until.replace(day=1), -months).replace(day=12)
    with few_savepoints(), story_clock(started_on) as clock:
        coop = founding.found(started_on=started_on, until=until, members_wanted=members)
        statutes.start(coop)
        money.start(coop)
        saving.start(coop)
        reminders.start(coop)
        work.open_workshops(coop)
        material.agree(coop)
        selling.agree(coop)
        diary = Diary(started_on, until)
        character = {member.pk: random.choice(CHARACTERS) for member in coop.makers}
        for months_ago in (6, 4, 3):
            bad_times = add_months(until.replace(day=13), -months_ago)
            diary.write(bad_times, lambda day: _fall_on_hard_times(character, day, random))
        diary.write(add_months(until.replace(day=14), -13), lambda day: saving.put_aside(coop, on=day))
        for on in reminders.mornings(until):
            diary.write(on, lambda day: reminders.morning(coop, day))
        for number, month in enumerate(watch(list(months_between(started_on, until))), start=1):
            plan_month(diary, coop, month, character, random)
            for day, happens in diary.days(dates.month_end(month)):
                clock.set(day)
                happens(day)
            if number.bit_count() == 1:  # 1, 2, 4, 8, ...: as often as the tables have doubled
                _look_at_the_tables()
        clock.set(until)
        programmes.live(coop, until=until)
        solidarity.live(coop, until=until)
        material.live(coop, until=until)
        reminders.leave_open(coop, on=until)
        today.leave_open(coop, on=until)
        Notice.objects.filter(at__lt=clock.now() - 10 * DAY).update(read_at=clock.now())
        Announcement.objects.filter(on__lt=until - 10 * DAY).update(sent_on=F("on"), sent_by=coop.secretary)
    return coop


def _look_at_the_tables() -> None:
    """Let PostgreSQL see how many rows there are by now; until the commit nobody else tells it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


CHARACTERS = [1.0, 1.0, 1.0, 1.0, 0.97, 0.95, 0.9, 0.8, 0.45]
"""How likely a member is to pay when something falls due: most always do, a few repeatedly do not."""


def _fall_on_hard_times(character: dict, day: datetime.date, random: Random) -> None:
    """A borrower who always paid stops paying: every cooperative has a few, and the study names them."""
    borrowers = Loan.objects.running(as_of=day).filter(instalments__gte=6).order_by("pk")
    steady = [loan.member_id for loan in borrowers if character.get(loan.member_id, 0) > 0.5]
    if steady:
        character[random.choice(steady)] = 0.05


class Diary:
    """What will happen on which day; nothing is written in outside the days of the story."""

    def __init__(self, first: datetime.date, last: datetime.date):
        self.first, self.last = first, last
        self.pages = defaultdict(list)

    def write(self, day: datetime.date, happens: Callable[[datetime.date], None]) -> None:
        if self.first <= day <= self.last:
            self.pages[day].append(happens)

    def days(self, until: datetime.date):
        """Every happening up to `until` in order, those included that are written in on the way."""
        while ready := [day for day in self.pages if day <= until]:
            day = min(ready)
            while self.pages[day]:
                yield day, self.pages[day].pop(0)
            del self.pages[day]


def plan_month(diary: Diary, coop: Cooperative, month: datetime.date, character: dict, random: Random) -> None:
    """The calendar of a month: orders all through it, applications before the meeting, money at it, closing after."""
    for first in (2, 9, 16, 23):
        diary.write(month.replace(day=first + random.randrange(5)), lambda day: _orders(diary, coop, day, random))
    for _ in range(random.choice([3, 4, 5, 6])):
        diary.write(month.replace(day=random.randrange(1, 11)), lambda day: _loan(diary, coop, day, random))
    diary.write(month.replace(day=12), lambda day: _meeting(coop, day, character, random))
    diary.write(month.replace(day=14), lambda day: work.finish_old_orders(on=day, random=random))
    diary.write(month.replace(day=27), lambda day: work.finish_old_orders(on=day, random=random))
    diary.write(add_months(month, 1).replace(day=5), lambda day: _close(coop, month, on=day))
    banking.plan(diary, coop, month)
    if month.month == 1:
        diary.write(month.replace(day=20), lambda day: shu.work_out(coop, on=day))
    if month.month == 2:
        diary.write(month.replace(day=12), lambda day: _new_prices(coop, day))
        diary.write(month.replace(day=12), lambda day: shu.decide(coop, on=day))
        diary.write(month.replace(day=19), lambda day: shu.pay(coop, on=day))
    if random.random() < 0.3:
        diary.write(
            month.replace(day=random.randrange(15, 28)), lambda day: solidarity.visit(coop, on=day, random=random)
        )


def _orders(diary, coop, day, random) -> None:
    for claim in work.take_orders(coop, on=day, random=random):
        sent_on = claim.offer.due_on - random.randrange(0, 4) * DAY
        diary.write(
            max(sent_on, day + 2 * DAY), lambda on, claim=claim: work.hand_over(coop, claim, on=on, random=random)
        )


def _loan(diary, coop, day, random) -> None:
    loan = money.lend(coop, random.choice(coop.makers), on=day, random=random)
    if loan is None:
        return

    def decide(on):
        if money.decide_loan(coop, loan, on=on, random=random):
            diary.write(on + DAY, lambda later: money.disburse(coop, loan, on=later))

    diary.write(day + random.randrange(2, 6) * DAY, decide)


def _meeting(coop, day, character, random) -> None:
    everybody = [*coop.makers, *coop.officers]
    if day > coop.started_on:
        kind = "annual" if day.month == 2 else "monthly"
        meeting = governance.hold_meeting(on=day, kind=kind, place="Balai RW 13", by=coop.secretary)
        governance.write_minutes(meeting, text=_minutes(day), number=0, on=day, by=coop.secretary)
        present = [member for member in everybody if random.random() < 0.5 + character.get(member.pk, 1) * 0.45]
        governance.record_attendance(meeting, members=present, by=coop.secretary)
        money.expenses(coop, on=day, random=random)
    for member in everybody:
        keeps_rules = character.get(member.pk, 1)
        money.collect(coop, member, on=day, keeps_rules=keeps_rules, random=random)
        money.repay(coop, member, on=day, keeps_rules=keeps_rules, random=random)


def _minutes(day: datetime.date) -> str:
    if day.month == 2:
        return "Pertanggungjawaban pengurus tahun lalu diterima. Daftar harga bersama diperbarui."
    return "Pembayaran simpanan, iuran dan angsuran; pembagian pesanan lebih; kabar anggota."


def _close(coop, month, *, on) -> None:
    for period in Period.objects.filter(month__lte=month, closed_on=None).order_by("month"):
        month_end.run(period, on=on, by=coop.treasurer)
        close_period(period, on=on, by=coop.treasurer)
    money.clear_between_units(coop, on=on)


def _new_prices(coop, day) -> None:
    """The annual meeting looks at the prices: in the story they rise once, after the first year."""
    if day.year - coop.started_on.year < 1 or Item.objects.get(code=ITEMS[0][0]).prices.count() > 1:
        return
    amounts = {Item.objects.get(code=code): later for code, *_rest, later in ITEMS}
    founding.set_price_list(coop, amounts, on=day)
