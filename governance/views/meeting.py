"""Meetings in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.templatetags.ui import short_day
from governance import queries, services
from governance.forms.meeting import MeetingFilter, MeetingForm, MinutesForm
from governance.models import Meeting
from members.models import Member


def crumbs(meeting: Meeting | None = None) -> list[tuple[str, str]]:
    found = [(_("Meetings"), reverse("governance:meetings"))]
    return [*found, (short_day(meeting.on), reverse("governance:meeting", args=[meeting.pk]))] if meeting else found


@require(Permission.MEETING_LIST)
def meetings(request):
    found = MeetingFilter(request.GET, queryset=queries.with_attendance(Meeting.objects.order_by("-on")))
    return render(request, "governance/meeting/meetings.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.MEETING_RECORD)
def hold_meeting(request):
    page = FormPage(
        title=_("Record a meeting"),
        action=_("Continue to attendance"),
        lead=_("Enter the day and place first, then tick who came."),
        crumbs=crumbs(),
    )
    return form_page(
        request,
        MeetingForm(request.POST or None),
        services.hold_meeting,
        by=request.user,
        page=page,
        done=_("The meeting is recorded. Now tick who came."),
        to=lambda made: reverse("governance:record-attendance", args=[made.pk]),
    )


@require(Permission.MEETING_LIST)
def meeting(request, pk):
    found = get_object_or_404(queries.with_attendance(Meeting.objects), pk=pk)
    context = {
        "meeting": found,
        "came": Member.objects.filter(attendances__meeting=found).order_by("name"),
        "decisions": queries.decisions_of(found),
    }
    return render(request, "governance/meeting/meeting.html", context)


@require(Permission.MEETING_RECORD)
def write_minutes(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"place": found.place, "minutes": found.minutes, "version": found.version}
    page = FormPage(title=_("Minutes"), action=_("Save the minutes"), lead=str(found), crumbs=crumbs(found), wide=True)
    form = MinutesForm(request.POST or None, initial=initial)
    done = _("The minutes are saved.")
    return form_page(request, form, services.write_minutes, found, by=request.user, page=page, done=done)
