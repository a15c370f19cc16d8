"""The steps taken for what is owed: for the list of reminders."""

import datetime
from dataclasses import dataclass

from core.money import format_rupiah
from core.notices import whatsapp
from governance import arrears
from governance.arrears import Due
from governance.ladder import CHAIN, Step, day_of, following
from governance.models import Ladder, LadderRules, Letter
from governance.notifications import whatsapp_text
from members.models import Member


@dataclass(frozen=True)
class Owing:
    """One thing a member owes, with the last step taken and the first day of the next."""

    member: Member
    due: Due
    days: int
    step: Step | None
    coming: Step | None
    coming_on: datetime.date | None
    letter: Letter | None
    """the last letter, where one was prepared"""
    case_id: int | None

    @property
    def is_late(self) -> bool:
        return self.days > 0

    @property
    def whatsapp(self) -> str:
        """The link with the words of the step that was taken last; empty without a telephone number."""
        if not self.member.phone:
            return ""
        text = whatsapp_text(
            self.step or (Step.NOTICE if self.is_late else Step.REMINDER),
            name=self.member.name,
            title=self.due.title,
            amount=self.due.amount,
            due_on=self.due.due_on,
        )
        return whatsapp(self.member.phone, text)


def owing(*, as_of: datetime.date, until: datetime.date, kind: str = "", search: str = "") -> list[Owing]:
    """Everything that is late on `as_of` or due by `until`, the longest late first. Four queries and the rooms' own."""
    kinds = [kind] if kind else LadderRules.Kind.values
    dues = [due for each in kinds for due in arrears.owed(each, as_of=as_of, until=until)]
    members = Member.objects.filter(pk__in={due.member_id for due in dues}, name__icontains=search).in_bulk()
    ladders = {
        ladder.subject: ladder
        for ladder in Ladder.objects.standing()
        .filter(kind__in=kinds)
        .select_related("rules", "case")
        .prefetch_related("letters")
    }
    rows = [
        _owing(members[due.member_id], due, ladders.get(due.subject), as_of) for due in dues if due.member_id in members
    ]
    return sorted(rows, key=lambda row: (row.due.due_on, row.member.name, row.due.subject))


def _owing(member, due, ladder, as_of) -> Owing:
    days = max(0, (as_of - due.due_on).days)
    if ladder is None:
        return Owing(member, due, days, None, None, None, None, None)
    letters = sorted(ladder.letters.all(), key=lambda letter: letter.step)
    past = ladder.past(letters)
    taken = [step for step in (Step.REMINDER, *CHAIN) if step in past]
    coming = following(past)
    return Owing(
        member,
        due,
        days,
        taken[-1] if taken else None,
        coming,
        day_of(coming, ladder.rules.intervals, due_on=due.due_on, past=past) if coming else None,
        letters[-1] if letters else None,
        ladder.case_id,
    )


def total(rows: list[Owing]) -> str:
    """The rupiah of the list together; what is owed in leather is not in it."""
    return format_rupiah(sum(row.due.rupiah or 0 for row in rows))
