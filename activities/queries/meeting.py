"""Meetings, and how often members came."""

import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from activities.models import Meeting
from core import sql
from core.dates import add_months
from governance.models import Decision
from loans.facts import Attended
from members.models import Member


def with_attendance(meetings):
    """`meetings` annotated with `present`, who came, and `invited`, how many members there were that day."""
    members = (
        Member.objects.filter(Q(left_on=None) | Q(left_on__gt=OuterRef("on")), entered_on__lte=OuterRef("on"))
        .order_by()
        .annotate(one=F("pk") * 0)
        .values("one")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return meetings.annotate(
        present=Count("attendances"), invited=Coalesce(Subquery(members), 0, output_field=IntegerField())
    )


def decisions_of(meeting: Meeting):
    """What the members decided on the day of the meeting."""
    organs = [Decision.Organ.MEMBERS_MEETING, Decision.Organ.ANNUAL_MEETING]
    return Decision.objects.filter(decided_on=meeting.on, organ__in=organs).order_by("number")


def attendance(member: Member, *, months: int, as_of: datetime.date) -> Attended:
    """The meetings of the last `months` that `member` came to, of those held while they were one. One query."""
    return _attendance(months, as_of, member).get(member.pk, Attended(0, 0))


def attendance_of_everybody(*, months: int, as_of: datetime.date) -> dict[int, Attended]:
    """The same for every member for whom a meeting was held, by their id. One query."""
    return _attendance(months, as_of, None)


def _attendance(months, as_of, member):
    since = add_months(as_of, -months)
    found = sql.rows("activities/sql/attendance.sql", since=since, as_of=as_of, member=member and member.pk)
    return {row.member_id: Attended(row.came, row.held) for row in found}
