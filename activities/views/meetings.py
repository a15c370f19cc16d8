"""Meetings in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms import (
    AttendanceForm,
    MeetingFilter,
    MeetingForm,
    MinutesForm,
)
from activities.models import Meeting
from core.http import page_of, require, submit
from core.permissions import Permission
from members.models import Member


@require(Permission.MEETING_LIST)
def meetings(request):
    found = MeetingFilter(request.GET, queryset=queries.with_attendance(Meeting.objects.order_by("-on")))
    return render(request, "activities/meetings.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.MEETING_RECORD)
def hold_meeting(request):
    form = MeetingForm(request.POST or None)
    if form.is_valid() and (meeting := submit(form, services.hold_meeting, by=request.user, **form.facts)):
        messages.success(request, _("The meeting is recorded. Now tick who came."))
        return redirect("activities:record-attendance", meeting.pk)
    return render(request, "activities/hold_meeting.html", {"form": form})


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
    form = AttendanceForm(request.POST or None, meeting=found, initial=initial)
    if form.is_valid() and submit(form, services.record_attendance, found, by=request.user, **form.facts):
        messages.success(request, _("Attendance is kept."))
        return redirect("activities:meeting", pk)
    return render(request, "activities/record_attendance.html", {"meeting": found, "form": form})


@require(Permission.MEETING_RECORD)
def write_minutes(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"place": found.place, "minutes": found.minutes, "version": found.version}
    form = MinutesForm(request.POST or None, initial=initial)
    if form.is_valid() and submit(form, services.write_minutes, found, by=request.user, **form.facts):
        messages.success(request, _("The minutes are kept."))
        return redirect("activities:meeting", pk)
    return render(request, "activities/write_minutes.html", {"meeting": found, "form": form})
