"""The meetings, with how many came."""

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from governance.models import Decision, Meeting
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
