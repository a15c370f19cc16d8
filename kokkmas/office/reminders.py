"""What falls due on a day and who should know: read from every room, told through the inbox.

What is owed and can come late climbs the ladder (`governance.services.ladder`). Each question below gives reminders of
other things; `daily` tells those that were not told within the week.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import dates
from core.models import Notice, User
from core.money import format_quantity, format_rupiah
from core.notices import tell
from core.permissions import Permission, Role
from departures.models import Departure
from governance.models import LadderRules, Meeting, Office
from governance.services.ladder import climb
from ledger import queries
from ledger import services as ledger
from ledger.models import Unit
from members.models import Member
from orders.models import Claim
from savings import queries as savings
from savings import services as savings_services
from savings.models import SavingsRules

DAYS_BEFORE_A_TERM_ENDS = (90, 30, 7, 1)
SILENCE = datetime.timedelta(days=6, hours=12)
"""How long the same words are not said again: a week, less some hours for a cron job that starts early."""


@dataclass(frozen=True)
class Reminder:
    to: User
    text: str
    url: str


# -- money -----------------------------------------------------------------------------------------------------------


def mandatory_savings(on: datetime.date) -> Iterator[Reminder]:
    """On the due day of the rules, to every member who owes mandatory savings."""
    rules = SavingsRules.objects.current(on)
    if rules is None or on.day != rules.mandatory_due_day:
        return
    owed = {row.member_id: row for row in savings.unpaid_mandatory(as_of=on)}
    for member in Member.objects.filter(pk__in=owed, user__is_active=True).select_related("user").order_by("pk"):
        row = owed[member.pk]
        text = _("Mandatory savings since {month} are due, together {amount}.").format(
            month=date_format(row.owed_from, "F Y"), amount=format_rupiah(row.owed)
        )
        yield Reminder(member.user, text, reverse("savings:passbook", args=[member.pk]))


def departures(on: datetime.date) -> Iterator[Reminder]:
    """To treasurer and chair, when the savings of somebody who left should have been paid by now."""
    overdue = list(Departure.objects.overdue(as_of=on).select_related("member").order_by("pay_by", "pk"))
    if not overdue:
        return
    payers = list(User.objects.filter(role__in=[Role.TREASURER, Role.CHAIR], is_active=True).order_by("pk"))
    for departure in overdue:
        text = _("{amount} should have been paid to {name} by {day}. Please pay it now.").format(
            amount=format_rupiah(departure.to_pay), name=departure.payee, day=_day(departure.pay_by)
        )
        for user in payers:
            yield Reminder(user, text, reverse("departures:detail", args=[departure.pk]))


# -- work, meeting, office -------------------------------------------------------------------------------------------


def handovers(on: datetime.date) -> Iterator[Reminder]:
    """To makers whose work is due tomorrow and not sent yet."""
    tomorrow = on + datetime.timedelta(days=1)
    claims = Claim.objects.counted().filter(to_send__gt=0, offer__due_on=tomorrow, member__user__is_active=True)
    for claim in claims.select_related("member__user", "offer__line__item__base_unit").order_by("pk"):
        item = claim.offer.line.item
        quantity = f"{format_quantity(claim.to_send)} {item.base_unit}"
        text = _("Tomorrow, {day}, {quantity} of {item} are due. Send them, or tell the holder of the order.").format(
            day=_day(tomorrow), quantity=quantity, item=item.name
        )
        yield Reminder(claim.member.user, text, reverse("orders:claim", args=[claim.pk]))


def meeting(on: datetime.date) -> Iterator[Reminder]:
    """The day before a meeting, to every member with a login."""
    tomorrow = Meeting.objects.ahead().filter(on=on + datetime.timedelta(days=1)).first()
    if tomorrow is None:
        return
    text = _("Tomorrow, {day}, the members meet. Savings, dues and instalments can be paid there.").format(
        day=_day(tomorrow.on)
    )
    url = reverse("governance:meeting", args=[tomorrow.pk])
    for member in Member.objects.entered(as_of=on).filter(user__is_active=True).select_related("user").order_by("pk"):
        yield Reminder(member.user, text, url)


def terms_of_office(on: datetime.date) -> Iterator[Reminder]:
    """To chair and secretary, and to the holder, 90, 30 and 7 days and one day before a term ends."""
    ends = [on + datetime.timedelta(days=days) for days in DAYS_BEFORE_A_TERM_ENDS]
    terms = list(Office.objects.held(as_of=on).filter(ends_on__in=ends).select_related("member__user").order_by("pk"))
    if not terms:
        return
    callers = list(User.objects.filter(role__in=[Role.CHAIR, Role.SECRETARY], is_active=True).order_by("pk"))
    for term in terms:
        text = _("The term of {name} as {office} ends on {day}. Put the election on the agenda.").format(
            name=term.member.name, office=term.get_role_display(), day=_day(term.ends_on)
        )
        holder = term.member.user
        may_see = holder and holder.is_active and holder.can(Permission.OFFICE_LIST)
        for user in [*callers, *([holder] if may_see and holder not in callers else [])]:
            yield Reminder(user, text, reverse("governance:offices"))


# -- the day ---------------------------------------------------------------------------------------------------------

REMINDERS = {
    "mandatory_savings": mandatory_savings,
    "departures": departures,
    "handovers": handovers,
    "meeting": meeting,
    "terms_of_office": terms_of_office,
}


def ladder(on: datetime.date) -> dict[str, int]:
    """Take the steps that are due for everything owed, a transaction for each kind of it; how many of each."""
    counts = Counter()
    for kind in LadderRules.Kind.values:
        counts.update(climb(kind, on=on))
    return dict(counts)


@transaction.atomic
def remind(on: datetime.date) -> dict[str, int]:
    """Tell everybody what falls due on `on`; how many notices of each kind were written.

    Nobody is told the same words about the same page twice within a week, so it is safe to run again, and what is
    overdue is said once a week. A second run at the same time waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kokkmas.remind'))")
    since = dates.now() - SILENCE
    told = set(Notice.objects.filter(at__gte=since).values_list("to", "text", "url"))
    counts = {}
    for kind, question in REMINDERS.items():
        fresh = [reminder for reminder in question(on) if (reminder.to.pk, reminder.text, reminder.url) not in told]
        for reminder in fresh:
            tell(reminder.to, reminder.text, url=reminder.url)
        counts[kind] = len(fresh)
    return counts


def open_next_year(on: datetime.date) -> int:
    """In December, open next year's books where they are missing; in how many units. The treasurer signs."""
    treasurer = User.objects.filter(role=Role.TREASURER, is_active=True).order_by("pk").first()
    if on.month != 12 or treasurer is None:
        return 0
    reach = {unit: queries.next_year(unit) for unit in Unit.values}
    missing = [unit for unit, year in reach.items() if year == on.year + 1]
    for unit in missing:
        ledger.open_year(unit, on.year + 1, by=treasurer)
    return len(missing)


def end_terms(on: datetime.date) -> int:
    """End the term savings whose last day has come, as their members chose. The treasurer signs."""
    treasurer = User.objects.filter(role=Role.TREASURER, is_active=True).order_by("pk").first()
    return savings_services.mature_term_deposits(on=on, by=treasurer) if treasurer else 0


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
