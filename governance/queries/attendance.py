"""How often members came to the meetings."""

import datetime
from typing import NamedTuple

from core import sql
from core.dates import add_months
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
