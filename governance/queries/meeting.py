"""The meetings, with how many came; the regular day, and what the calendar says of it."""

import datetime

import holidays
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core.dates import add_months
from governance.models import Decision, Meeting, MeetingRules
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


def regular_day(on: datetime.date, rules: MeetingRules) -> datetime.date:
    """The day of the month on which the members meet, today or the next."""
    day = on.replace(day=rules.day)
    return day if on <= day else add_months(day, 1)


def holiday(on: datetime.date) -> str:
    """The name of the public holiday in Indonesia on that day, or nothing. Days that follow the moon are estimates."""
    return holidays.country_holidays("ID", years=on.year, language="id").get(on, "")


def unapproved(*, before: datetime.date):
    """Meetings that are over and whose minutes wait to be approved by the next one."""
    held = Meeting.objects.filter(state=Meeting.State.CLOSED, on__lt=before, minutes__isnull=False)
    return held.distinct().order_by("on")
