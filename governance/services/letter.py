"""What officers and members do with the letters of the ladder: sign, hand over, answer."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from core.notices import tell_all
from core.permissions import Role
from governance import arrears
from governance.errors import LetterRefused
from governance.models import Letter
from governance.numbering import next_numbers


@transaction.atomic
def sign(letter: Letter, *, on: datetime.date, by: User) -> Letter:
    """Sign a letter that the books prepared: it gets its number, and the member is notified."""
    letter = _locked(letter)
    _not_to_oneself(letter, by)
    if letter.withdrawn_on:
        raise LetterRefused(_("The debt has been settled in the meantime. This letter is no longer needed."))
    if letter.issued_on:
        raise LetterRefused(_("This letter has already been signed as {number}.").format(number=letter.number))
    if letter.ladder.subject not in _late([letter.ladder.kind], on):
        raise LetterRefused(
            _("Nothing is overdue any more: do not send this letter. It leaves the list tomorrow morning.")
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
        raise LetterRefused(_("None of these letters still needs a signature. Check the list of letters again."))
    _sign(ready, on=on, by=by)
    return ready


def _sign(letters: list[Letter], *, on: datetime.date, by: User) -> None:
    numbers = next_numbers(Letter, "SP", on=on, count=len(letters))
    for letter, number in zip(letters, numbers, strict=True):
        letter.number, letter.issued_on, letter.issued_by = number, on, by
    Letter.objects.bulk_update(letters, ["number", "issued_on", "issued_by"], 1000)
    audit.record_all("letter.signed", ((letter, {"on": on, "step": letter.step}) for letter in letters), by=by)
    text = _("We have sent you letter {number}. Read it here, and tell us what would help.")
    tell_all((letter.member.user, text.format(number=letter.number), _page(letter)) for letter in letters)


@transaction.atomic
def record_delivery(
    letter: Letter, *, delivered_on: datetime.date, delivered_how: str, delivered_to: str = "", by: User
) -> Letter:
    """Record that the member has the letter; the next interval counts from this day."""
    letter = _locked(letter)
    _not_to_oneself(letter, by)
    if letter.issued_on is None:
        raise LetterRefused(_("Sign the letter first."))
    if letter.delivered_on:
        raise LetterRefused(
            _("It is already recorded as handed over on {day}.").format(day=long_date(letter.delivered_on))
        )
    if delivered_on < letter.issued_on:
        text = _("The letter was signed on {day}. Choose that day or a later one.")
        raise LetterRefused(text.format(day=long_date(letter.issued_on)), field="delivered_on")
    letter.delivered_on, letter.delivered_how = delivered_on, delivered_how
    letter.delivered_to, letter.delivery_recorded_by = delivered_to or letter.member.name, by
    letter.save(update_fields=["delivered_on", "delivered_how", "delivered_to", "delivery_recorded_by"])
    audit.record("letter.delivered", letter, by=by, delivered_on=delivered_on, how=delivered_how)
    return letter


@transaction.atomic
def answer_letter(letter: Letter, *, text: str, on: datetime.date, by: User) -> Letter:
    """The member's answer to a letter, given once. Chair and secretary are notified."""
    letter = _locked(letter)
    if letter.member.user_id != by.pk:
        raise LetterRefused(_("Only the member to whom the letter is addressed can answer it."))
    if letter.issued_on is None:
        raise LetterRefused(_("This letter was not sent."))
    if letter.answered_on:
        raise LetterRefused(_("You have already answered this letter. Talk to the board if something has changed."))
    letter.answered_on, letter.answer = on, text
    letter.save(update_fields=["answered_on", "answer"])
    audit.record("letter.answered", letter, by=by, on=on)
    officers = User.objects.filter(role__in=[Role.CHAIR, Role.SECRETARY], is_active=True).exclude(pk=by.pk)
    text = _("Letter {number} has an answer.").format(number=letter.number)
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
        raise LetterRefused(_("This letter is addressed to you. Another officer must sign it and hand it over."))


def _page(letter: Letter) -> str:
    return reverse("governance:letter", args=[letter.pk])
