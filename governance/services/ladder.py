"""The ladder as the system climbs it every morning: reminders, notices, letters to sign, cases."""

import datetime
from collections.abc import Iterable

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import long_date
from core.models import User
from core.notices import tell_all
from core.permissions import Role
from governance import arrears
from governance.arrears import Due
from governance.ladder import Step, next_step
from governance.models import Ladder, LadderRules, Letter
from governance.notifications import inbox_text
from governance.services.case import open_case, record_settled
from members.models import Member

# -- every morning ---------------------------------------------------------------------------------------------------


@transaction.atomic
def climb(kind: str, *, on: datetime.date) -> dict[str, int]:
    """Take every step that is due on `on` for everything of this kind that is owed, one step for each.

    Safe to run again and at the same time: a second run waits and finds everything done. Reminders and
    notices are sent, letters wait for a signature, cases are opened. How many of each, and how many were settled.
    """
    counts = dict.fromkeys(("reminders", "notices", "letters", "cases", "settled"), 0)
    rules = LadderRules.objects.filter(about=kind).current(on)
    if rules is None:
        return counts
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"governance.ladder.{kind}"])
    standing = Ladder.objects.standing().filter(kind=kind).select_related("rules", "case").order_by("pk")
    ladders = list(standing.prefetch_related("letters"))
    farthest = max([rules.reminder_days, *(ladder.rules.reminder_days for ladder in ladders)])
    until = on + datetime.timedelta(days=farthest)
    dues = {due.subject: due for due in arrears.owed(kind, as_of=on, until=until)}

    settled = [ladder for ladder in ladders if _is_settled(ladder, dues.get(ladder.subject), on)]
    _end(settled, on=on)
    over = {ladder.pk for ladder in settled}
    climbing = [ladder for ladder in ladders if ladder.pk not in over]
    known = {ladder.subject for ladder in climbing}
    steps = [(ladder, dues[ladder.subject], _step(ladder, dues[ladder.subject], on)) for ladder in climbing]
    started = _start([due for due in dues.values() if due.subject not in known], rules, on=on)
    _refresh(steps)

    for ladder, due, step in steps:
        if step == Step.NOTICE:
            ladder.noticed_on = on
        elif step == Step.CASE:
            ladder.case = _open_case(ladder, due, on=on)
    Ladder.objects.bulk_update([ladder for ladder, _due, step in steps if step], ["noticed_on", "case"], 1000)
    letters = _prepare([(ladder, due, step) for ladder, due, step in steps if step and step.letter], on=on)
    taken = [*steps, *started]
    _tell([(due, step) for _ladder, due, step in taken if step in (Step.REMINDER, Step.NOTICE)])
    return {
        "reminders": sum(step == Step.REMINDER for _ladder, _due, step in taken),
        "notices": sum(step == Step.NOTICE for _ladder, _due, step in taken),
        "letters": letters,
        "cases": sum(step == Step.CASE for _ladder, _due, step in taken),
        "settled": len(settled),
    }


def _is_settled(ladder: Ladder, due: Due | None, on: datetime.date) -> bool:
    """Nothing of it is late any more: what the room still names, if anything, is another day's due."""
    return due is None or (due.due_on >= on and due.due_on != ladder.due_on)


def _step(ladder: Ladder, due: Due, on: datetime.date) -> Step | None:
    past = ladder.past(ladder.letters.all())
    return next_step(ladder.rules.intervals, due_on=due.due_on, past=past, on=on)


@transaction.atomic
def end_ladder(subject: str, *, text: str, on: datetime.date) -> None:
    """End what stands about a debt at once, where a room knows that it is asked for no longer: no letter waits for it.

    `text` says why, in the case about it; `{title}` in it is what was owed.
    """
    rows = Ladder.objects.select_for_update(no_key=True, of=["self"]).standing().filter(subject=subject)
    _end(list(rows.select_related("case")), on=on, text=text)


def _end(ladders: list[Ladder], *, on: datetime.date, text: str = "") -> None:
    """The debt is settled: unsigned letters are withdrawn and the case is told."""
    keys = [ladder.pk for ladder in ladders]
    Letter.objects.to_send().filter(ladder__in=keys).update(withdrawn_on=on)
    Ladder.objects.filter(pk__in=keys).update(ended_on=on)
    for ladder in ladders:
        if ladder.case_id:
            settled = text or _("{title}: nothing is overdue any more.")
            record_settled(ladder.case, text=settled.format(title=ladder.title), on=on)


def _start(dues: Iterable[Due], rules: LadderRules, *, on: datetime.date) -> list[tuple[Ladder, Due, Step]]:
    """Ladders for what has no standing one, where its first step is due."""
    found = []
    for due in dues:
        step = next_step(rules.intervals, due_on=due.due_on, past={}, on=on)
        if step:
            ladder = Ladder(
                kind=rules.about,
                member_id=due.member_id,
                subject=due.subject,
                title=due.title[:160],
                url=due.url,
                rules=rules,
                due_on=due.due_on,
                reminded_on=on if step == Step.REMINDER else None,
                noticed_on=on if step == Step.NOTICE else None,
            )
            found.append((ladder, due, step))
    Ladder.objects.bulk_create([ladder for ladder, _due, _step in found], batch_size=1000)
    return found


def _refresh(steps) -> None:
    """Letters that wait for a signature say what is late this morning."""
    stale = []
    for ladder, due, _taken in steps:
        for letter in ladder.letters.all():
            facts = (due.title[:160], due.amount[:80], due.due_on)
            if letter.issued_on is None and (letter.title, letter.amount, letter.due_on) != facts:
                letter.title, letter.amount, letter.due_on = facts
                stale.append(letter)
    Letter.objects.bulk_update(stale, ["title", "amount", "due_on"], 1000)


def _prepare(steps, *, on: datetime.date) -> int:
    """Letters for the secretary, who gets one notice about all of them."""
    letters = Letter.objects.bulk_create(
        (
            Letter(
                ladder=ladder,
                step=step.letter,
                member_id=ladder.member_id,
                title=due.title[:160],
                amount=due.amount[:80],
                due_on=due.due_on,
                prepared_on=on,
            )
            for ladder, due, step in steps
        ),
        batch_size=1000,
    )
    if letters:
        count = len(letters)
        text = ngettext("{count} letter waits to be signed.", "{count} letters wait to be signed.", count)
        secretaries = User.objects.filter(role=Role.SECRETARY, is_active=True).order_by("pk")
        url = reverse("governance:letters")
        tell_all((secretary, text.format(count=count), url) for secretary in secretaries)
    return len(letters)


def _open_case(ladder: Ladder, due: Due, *, on: datetime.date):
    member = Member.objects.select_related("user").get(pk=ladder.member_id)
    text = _("{title}: {amount} is late since {day}. Three letters were handed over and nothing was agreed.")
    return open_case(
        member,
        kind=ladder.kind,
        title=due.title,
        text=text.format(title=due.title, amount=due.amount, day=long_date(due.due_on)),
        url=ladder.url,
        rule=f"{ladder.rules} ({ladder.rules.decided_in.number})",
        on=on,
        by=None,
    )


def _tell(messages: list[tuple[Due, Step]]) -> None:
    members = Member.objects.filter(pk__in={due.member_id for due, _step in messages}, user__is_active=True)
    users = {member.pk: member.user for member in members.select_related("user")}
    tell_all(
        (
            users[due.member_id],
            inbox_text(step, title=due.title, amount=due.amount, due_on=due.due_on),
            due.url or reverse("home"),
        )
        for due, step in messages
        if due.member_id in users
    )


# -- letters ---------------------------------------------------------------------------------------------------------
