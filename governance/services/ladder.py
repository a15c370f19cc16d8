"""The ladder as the books climb it every morning, and what officers and members do with its letters."""

import datetime
from collections.abc import Iterable

from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.models import User
from core.notices import tell_all
from core.permissions import Role
from governance import arrears, wording
from governance.arrears import Due
from governance.ladder import Step, next_step
from governance.models import Ladder, LadderRules, Letter
from governance.numbering import next_numbers
from governance.refusals import GovernanceRefused
from governance.services import cases
from members.models import Member


class LetterRefused(GovernanceRefused):
    """A letter that cannot be signed, handed over or answered now; the sentence says why."""


# -- every morning ---------------------------------------------------------------------------------------------------


@transaction.atomic
def climb(kind: str, *, on: datetime.date) -> dict[str, int]:
    """Take every step that is due on `on` for everything of this kind that is owed, one step for each.

    Safe to run again and at the same time: whoever comes second waits and finds everything done. Reminders and
    notices are told, letters wait for a signature, cases are opened. How many of each, and how many were settled.
    """
    counts = dict.fromkeys(("reminders", "notices", "letters", "cases", "settled"), 0)
    rules = LadderRules.objects.filter(about=kind, in_force_from__lte=on).order_by("-in_force_from").first()
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


def _end(ladders: list[Ladder], *, on: datetime.date) -> None:
    """What was owed has come: letters that nobody has signed are not needed, the case is told."""
    keys = [ladder.pk for ladder in ladders]
    Letter.objects.to_send().filter(ladder__in=keys).update(withdrawn_on=on)
    Ladder.objects.filter(pk__in=keys).update(ended_on=on)
    for ladder in ladders:
        if ladder.case_id:
            text = _("{title}: nothing is late any more.").format(title=ladder.title)
            cases.note_settled(ladder.case, text=text, on=on)


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
    """Letters for the secretary; one word about all of them."""
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
    return cases.open_case(
        member,
        kind=ladder.kind,
        title=due.title,
        text=text.format(title=due.title, amount=due.amount, day=_day(due.due_on)),
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
            wording.inbox(step, title=due.title, amount=due.amount, due_on=due.due_on),
            due.url or reverse("home"),
        )
        for due, step in messages
        if due.member_id in users
    )


# -- letters ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def sign(letter: Letter, *, on: datetime.date, by: User) -> Letter:
    """Sign a letter that the books prepared: it gets its number, and the member is told that it is coming."""
    letter = _locked(letter)
    _not_to_oneself(letter, by)
    if letter.withdrawn_on:
        raise LetterRefused(_("What was owed has come in the meantime. This letter is not needed any more."))
    if letter.issued_on:
        raise LetterRefused(_("This letter is signed already, as {number}.").format(number=letter.number))
    if letter.ladder.subject not in _late([letter.ladder.kind], on):
        raise LetterRefused(
            _("Nothing is late any more: do not send this letter. It leaves the list tomorrow morning.")
        )
    _sign([letter], on=on, by=by)
    return letter


@transaction.atomic
def sign_all(letters: Iterable[Letter], *, on: datetime.date, by: User) -> list[Letter]:
    """Sign these letters together; what is owed is asked once. Those that need no signature any more are left out.

    Raises LetterRefused where one is to `by` themselves, and where none is left to sign.
    """
    rows = Letter.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user", "ladder")
    letters = list(rows.filter(pk__in=[letter.pk for letter in letters]).order_by("pk"))
    for letter in letters:
        _not_to_oneself(letter, by)
    late = _late(sorted({letter.ladder.kind for letter in letters}), on)
    ready = [
        letter
        for letter in letters
        if not letter.withdrawn_on and not letter.issued_on and letter.ladder.subject in late
    ]
    if not ready:
        raise LetterRefused(_("None of these letters has to be signed any more. Look at the list of letters again."))
    _sign(ready, on=on, by=by)
    return ready


def _sign(letters: list[Letter], *, on: datetime.date, by: User) -> None:
    numbers = next_numbers(Letter, "SP", on=on, count=len(letters))
    for letter, number in zip(letters, numbers, strict=True):
        letter.number, letter.issued_on, letter.issued_by = number, on, by
    Letter.objects.bulk_update(letters, ["number", "issued_on", "issued_by"], 1000)
    audit.record_all("letter.signed", ((letter, {"on": on, "step": letter.step}) for letter in letters), by=by)
    text = _("We have written you letter {number}. Read it here, and tell us what would help.")
    tell_all((letter.member.user, text.format(number=letter.number), _page(letter)) for letter in letters)


@transaction.atomic
def record_delivery(
    letter: Letter, *, delivered_on: datetime.date, delivered_how: str, delivered_to: str = "", by: User
) -> Letter:
    """Write down that the member has the letter; from this day the next interval counts."""
    letter = _locked(letter)
    _not_to_oneself(letter, by)
    if letter.issued_on is None:
        raise LetterRefused(_("Sign the letter first."))
    if letter.delivered_on:
        raise LetterRefused(_("It was handed over on {day}, as is written down.").format(day=_day(letter.delivered_on)))
    if delivered_on < letter.issued_on:
        text = _("The letter was signed on {day}. Choose that day or a later one.")
        raise LetterRefused(text.format(day=_day(letter.issued_on)), field="delivered_on")
    letter.delivered_on, letter.delivered_how = delivered_on, delivered_how
    letter.delivered_to, letter.delivery_recorded_by = delivered_to or letter.member.name, by
    letter.save(update_fields=["delivered_on", "delivered_how", "delivered_to", "delivery_recorded_by"])
    audit.record("letter.delivered", letter, by=by, delivered_on=delivered_on, how=delivered_how)
    return letter


@transaction.atomic
def answer_letter(letter: Letter, *, text: str, on: datetime.date, by: User) -> Letter:
    """What the member says to a letter, once. Chair and secretary are told."""
    letter = _locked(letter)
    if letter.member.user_id != by.pk:
        raise LetterRefused(_("Only the member to whom the letter is written answers it."))
    if letter.issued_on is None:
        raise LetterRefused(_("This letter was not sent."))
    if letter.answered_on:
        raise LetterRefused(_("You have answered this letter already. Talk to the board if something has changed."))
    letter.answered_on, letter.answer = on, text
    letter.save(update_fields=["answered_on", "answer"])
    audit.record("letter.answered", letter, by=by, on=on)
    officers = User.objects.filter(role__in=[Role.CHAIR, Role.SECRETARY], is_active=True).exclude(pk=by.pk)
    text = _("There is an answer to letter {number}.").format(number=letter.number)
    tell_all((officer, text, _page(letter)) for officer in officers)
    return letter


def _locked(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user", "ladder")
    return rows.get(pk=letter.pk)


def _late(kinds: Iterable[str], on: datetime.date) -> set[str]:
    """The subjects of these kinds of which something is late on the day."""
    return {due.subject for kind in kinds for due in arrears.owed(kind, as_of=on, until=on) if due.due_on < on}


def _not_to_oneself(letter: Letter, by: User) -> None:
    if letter.member.user_id == by.pk:
        raise LetterRefused(_("This letter is to you. Another officer signs it and hands it over."))


def _page(letter: Letter) -> str:
    return reverse("governance:letter", args=[letter.pk])


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
