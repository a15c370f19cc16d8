"""Who came: how often, and whether they are enough."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from core import sql
from core.dates import add_months
from governance.models import Attendance, DecisionKind, Meeting
from governance.queries.statutes import requirement
from members.models import Member


class Attended(NamedTuple):
    """How many meetings somebody came to, of how many that were held meanwhile."""

    came: int
    held: int

    def reaches(self, percent_bp: int) -> bool:
        """Whether it is at least that part of the meetings; where none was held, nobody can have missed one."""
        return self.came * 10_000 >= self.held * percent_bp


def attendance(member: Member, *, months: int, as_of: datetime.date) -> Attended:
    """The meetings of the last `months` that `member` came to, of those held while they were one. One query."""
    return _attendance(months, as_of, member).get(member.pk, Attended(0, 0))


def attendance_of_everybody(*, months: int, as_of: datetime.date) -> dict[int, Attended]:
    """The same for every member for whom a meeting was held, by their id. One query."""
    return _attendance(months, as_of, None)


def _attendance(months, as_of, member):
    since = add_months(as_of, -months)
    found = sql.rows("governance/sql/attendance.sql", since=since, as_of=as_of, member=member and member.pk)
    return {row.member_id: Attended(row.came, row.held) for row in found}


@dataclass(frozen=True)
class Quorum:
    """How many may vote, how many are there, and whether the statutes call that enough for this kind of act."""

    entitled: int
    present: int
    needed_bp: int
    is_reached: bool

    @property
    def needed(self) -> int:
        """How many must be present at least, rounded up; nobody is never enough."""
        return max(1, -(-self.entitled * self.needed_bp // 10_000))


def entitled(meeting: Meeting) -> int:
    """The members on the day: each has one vote (UU 25/1992 art. 24)."""
    return Member.objects.entered(as_of=meeting.on).count()


def quorum(meeting: Meeting, kind: str = DecisionKind.OTHER) -> Quorum:
    """The quorum at this moment for an act of this kind; by default, for the meeting to begin. Three queries."""
    needs = requirement(kind, on=meeting.on)
    may, there = entitled(meeting), Attendance.objects.counted().filter(meeting=meeting).count()
    return Quorum(
        entitled=may,
        present=there,
        needed_bp=needs.second_quorum_bp if meeting.is_second else needs.quorum_bp,
        is_reached=needs.is_quorate(entitled=may, present=there, second_call=meeting.is_second),
    )
