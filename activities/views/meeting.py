"""Meetings in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms.meeting import AttendanceForm, MeetingFilter, MeetingForm, MinutesForm
from activities.models import Meeting
from core.http import page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.templatetags.ui import short_day
from members.models import Member


def crumbs(meeting: Meeting | None = None) -> list[tuple[str, str]]:
    found = [(_("Meetings"), reverse("activities:meetings"))]
    return [*found, (short_day(meeting.on), reverse("activities:meeting", args=[meeting.pk]))] if meeting else found


@require(Permission.MEETING_LIST)
def meetings(request):
    found = MeetingFilter(request.GET, queryset=queries.with_attendance(Meeting.objects.order_by("-on")))
    return render(request, "activities/meetings.html", {"filter": found, "page": page_of(request, found.qs)})


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
        to=lambda made: reverse("activities:record-attendance", args=[made.pk]),
    )


@require(Permission.MEETING_LIST)
def meeting(request, pk):
    found = get_object_or_404(queries.with_attendance(Meeting.objects), pk=pk)
    context = {
        "meeting": found,
        "came": Member.objects.filter(attendances__meeting=found).order_by("name"),
        "decisions": queries.decisions_of(found),
    }
    return render(request, "activities/meeting.html", context)


@require(Permission.MEETING_RECORD)
def record_attendance(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"members": list(found.attendances.values_list("member_id", flat=True)), "version": found.version}
    page = FormPage(
        title=_("Attendance"),
        action=_("Save attendance"),
        lead=_("{meeting}. Tick everybody who came.").format(meeting=found),
        crumbs=crumbs(found),
        wide=True,
    )
    form = AttendanceForm(request.POST or None, meeting=found, initial=initial)
    done = _("The attendance is saved.")
    return form_page(request, form, services.record_attendance, found, by=request.user, page=page, done=done)


@require(Permission.MEETING_RECORD)
def write_minutes(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"place": found.place, "minutes": found.minutes, "version": found.version}
    page = FormPage(title=_("Minutes"), action=_("Save the minutes"), lead=str(found), crumbs=crumbs(found), wide=True)
    form = MinutesForm(request.POST or None, initial=initial)
    done = _("The minutes are saved.")
    return form_page(request, form, services.write_minutes, found, by=request.user, page=page, done=done)
