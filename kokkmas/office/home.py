"""What the first page tells each role: a member's four answers, an officer's waiting list, the month at a glance.

Every function asks one question as at a day, so the number of queries does not grow with the cooperative.
"""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities import queries as activities
from core import dates, sql
from core.money import format_rupiah
from core.permissions import Permission, Role
from governance.models import Meeting
from kokkmas.office.mine import Line, waiting
from kokkmas.office.waiting import WAITS, payments_to_confirm
from ledger import chart
from ledger import queries as ledger
from ledger.models import Unit
from loans import queries as loans
from members.models import Member
from orders import queries as orders
from orders.models import Claim
from savings import queries as savings

TREND_MONTHS = 12


@dataclass(frozen=True)
class Answer:
    """One of the things a member wants to know before anything else."""

    icon: str
    question: str
    reply: str
    note: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of the month, with its course over a year where there is one."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    tone: str = ""
    trend: list[int] = field(default_factory=list)


# -- a member's four answers -----------------------------------------------------------------------------------------


def owes(member: Member, on: datetime.date) -> Answer:
    """Everything due on the day, as the collection sheet has it: instalments, mandatory savings, dues."""
    loans_due = loans.next_due(member, as_of=on)
    parts = [  # what it is, how much, where it stands
        (_("instalment of {day}").format(day=date_format(due.due_on, "j F")), due.amount, reverse("loans:mine"))
        for due in loans_due
        if due.is_due
    ]
    passbook = reverse("savings:passbook", args=[member.pk])
    saving = savings.obligation(member, as_of=on)
    if saving and saving.owed:
        what = _("mandatory savings since {month}").format(month=date_format(saving.owed_from, "F Y"))
        parts.append((what, saving.owed, passbook))
    owed = activities.open_dues(member, as_of=on)
    if owed and owed.owed:
        what = _("dues since {month}").format(month=date_format(owed.owed_from, "F Y"))
        parts.append((what, owed.owed, reverse("activities:dues-of", args=[member.pk])))
    question = _("What do I owe?")
    if not parts:
        note, url = _("Thank you; everything is paid."), passbook
        if loans_due:
            note, url = _next_instalment(loans_due[0]), reverse("loans:mine")
        return Answer("circle-check", question, _("Nothing is due"), note, url, "leaf")
    total = format_rupiah(sum(amount for _what, amount, _url in parts))
    return Answer(
        "calendar-clock", question, total, " · ".join(what for what, _amount, _url in parts), parts[0][2], "amber"
    )


def _next_instalment(next_due) -> str:
    return _("Next: instalment of {day}, {amount}").format(
        day=date_format(next_due.due_on, "j F"), amount=format_rupiah(next_due.amount)
    )


def saved(member: Member, on: datetime.date) -> Answer:
    balances = savings.balances(member, as_of=on)
    free = max(balances.voluntary - savings.blocked(member, as_of=on), 0)
    note = _("{amount} of it can be withdrawn").format(amount=format_rupiah(free))
    return Answer(
        "piggy-bank",
        _("What have I saved?"),
        format_rupiah(balances.total),
        note,
        reverse("savings:passbook", args=[member.pk]),
    )


def work(member: Member, on: datetime.date) -> Answer:
    """What this member has promised to make, and what is on offer to them."""
    promised = list(
        Claim.objects.filter(member=member)
        .counted()
        .filter(to_send__gt=0)
        .select_related("offer")
        .order_by("offer__due_on")
    )
    offers = orders.board(member, as_of=on, limit=1).count
    on_offer = ngettext("{count} offer on the board", "{count} offers on the board", offers).format(count=offers)
    question = _("What work is waiting for me?")
    if promised:
        reply = ngettext("{count} job to send", "{count} jobs to send", len(promised)).format(count=len(promised))
        first = _("the first by {day}").format(day=date_format(promised[0].offer.due_on, "j F"))
        return Answer("hammer", question, reply, f"{first} · {on_offer}" if offers else first, reverse("orders:work"))
    if offers:
        return Answer("hammer", question, on_offer, _("See whether one suits you."), reverse("orders:board"))
    return Answer(
        "hammer",
        question,
        _("Nothing on offer"),
        _("Tell the board when you have time for more work."),
        reverse("orders:board"),
    )


def asked(lines: list[Line]) -> Answer:
    """Who needs this person: the first of what waits, and how much else does. The list itself stands below."""
    question = _("Who is waiting for my answer?")
    if not lines:
        return Answer("circle-check", question, _("Nobody at the moment"), "", reverse("inbox"))
    first, others = lines[0], len(lines) - 1
    more = " · " + ngettext("and {count} more", "and {count} more", others).format(count=others) if others else ""
    return Answer("circle-question-mark", question, first.title, first.note + more, first.url, "amber")


ANSWERS = [owes, saved, work]


# -- the month at a glance -------------------------------------------------------------------------------------------

SAVINGS = (chart.PRINCIPAL_SAVINGS, chart.MANDATORY_SAVINGS, chart.VOLUNTARY_SAVINGS, chart.TERM_SAVINGS)
LOANS = (chart.LOANS_RECEIVABLE,)


def figures(on: datetime.date) -> list[Figure]:
    """Cash, savings and loans of the whole cooperative, each with its last twelve months. Three queries."""
    balances = _balances(on)
    first = dates.add_months(dates.month_start(on), 1 - TREND_MONTHS)
    changes = sql.rows("kokkmas/office/sql/changes.sql", codes=[*chart.MONEY, *SAVINGS, *LOANS], first=first, as_of=on)

    def figure(label, codes, sign, name):
        now = sign * sum(balances.get(code, 0) for code in codes)
        by_month = {}
        for row in changes:
            if row.code in codes:
                by_month[row.month] = by_month.get(row.month, 0) + sign * row.change
        return Figure(label, format_rupiah(now), url=reverse(name), trend=_course(now, by_month, on))

    return [
        figure(_("Cash and bank"), chart.MONEY, 1, "ledger:accounts"),
        figure(_("Members' savings"), SAVINGS, -1, "savings:list"),
        figure(_("Loans outstanding"), LOANS, 1, "loans:list"),
    ]


def _balances(on) -> dict[str, int]:
    """Debit minus credit of every account, both units together."""
    found = {}
    for unit in Unit.values:
        for row in ledger.trial_balance(unit, as_of=on):
            found[row.code] = found.get(row.code, 0) + row.debit - row.credit
    return found


def _course(now: int, changes: dict, on: datetime.date) -> list[int]:
    """The balance at the end of each of the last months, worked back from today's; nothing where nothing moved."""
    if not any(changes.values()):
        return []
    course, month = [now], dates.month_start(on)
    for _step in range(TREND_MONTHS - 1):
        course.append(course[-1] - changes.get(month, 0))
        month = dates.add_months(month, -1)
    return course[::-1]


def office(user, on: datetime.date) -> dict:
    """The home of an officer: what waits first, then how the cooperative stands."""
    waits = [wait(on) for wait in WAITS[user.role]]
    if user.can(Permission.PAYMENT_CONFIRM):
        waits.insert(0, payments_to_confirm(on, user))
    return {
        "lines": waiting(user, Member.objects.filter(user=user).first(), on=on),
        "waits": sorted(waits, key=lambda wait: wait.count == 0),
        "open_waits": sum(wait.count > 0 for wait in waits),
        "figures": figures(on),
    }


def member(user, on: datetime.date) -> dict:
    """The home of an artisan: four answers, or a word to somebody whose login belongs to no member yet."""
    found = Member.objects.filter(user=user).first()
    if found is None:
        return {"member": None, "answers": []}
    lines = waiting(user, found, on=on)
    return {"member": found, "answers": [*(answer(found, on) for answer in ANSWERS), asked(lines)], "lines": lines}


def maintainer(user, on: datetime.date) -> dict:
    return {}


PAGES = {Role.MEMBER: ("home/member.html", member), Role.MAINTAINER: ("home/maintainer.html", maintainer)}


def page(user, on: datetime.date) -> tuple[str, dict]:
    """Template and context of the home page of `user` on the day `on`."""
    template, context = PAGES.get(user.role, ("home/office.html", office))
    planned = Meeting.objects.ahead().filter(on__gte=on).order_by("on").values_list("on", flat=True).first()
    meeting = planned or dates.next_meeting(on)
    return template, {"today": on, "meeting": meeting, "days_to_meeting": (meeting - on).days, **context(user, on)}
