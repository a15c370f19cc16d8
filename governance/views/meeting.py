"""Meetings in the browser: the list, the page of everybody, the evening of the officers, and every step."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import dates
from core.dates import long_date
from core.forms import ConfirmationForm, ReasonForm
from core.http import may_open, page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.templatetags.ui import short_day
from governance import agenda, queries
from governance.forms.meeting import MeetingFilter, MeetingForm, MoveForm, PlanForm, SecondForm
from governance.forms.minutes import MinutesForm
from governance.models import AgendaItem, Meeting
from governance.queries import meeting as meeting_queries
from governance.queries.annual import deadlines
from governance.queries.vote import has_voted, running
from governance.services import meeting as services
from members.models import Member


def crumbs(meeting: Meeting | None = None, *, evening: bool = False) -> list[tuple[str, str]]:
    found = [(_("Meetings"), reverse("governance:meetings"))]
    if meeting:
        found.append((short_day(meeting.on), reverse("governance:meeting", args=[meeting.pk])))
    if meeting and evening:
        found.append((_("The evening"), reverse("governance:evening", args=[meeting.pk])))
    return found


def found_meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("second_of"), pk=pk)


def member_of(request) -> Member | None:
    return Member.objects.filter(user=request.user).first()


# -- reading ---------------------------------------------------------------------------------------------------------


@require(Permission.MEETING_LIST)
def meetings(request):
    rows = queries.with_attendance(Meeting.objects.order_by("-on", "-pk"))
    found = MeetingFilter(request.GET, queryset=rows)
    return render(request, "governance/meeting/meetings.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.MEETING_LIST)
def meeting(request, pk):
    """What every member reads of a meeting, and does at it: come or not, check in, vote."""
    found = found_meeting(pk)
    me = member_of(request)
    vote = running(found) if found.is_open else None
    attendance = found.attendances.filter(member=me).first() if me else None
    context = {
        "meeting": found,
        "quorum": queries.quorum(found),
        "items": _items(request, found),
        "minutes": found.minutes.first(),
        "came": Member.objects.filter(attendances__meeting=found).order_by("name") if not found.is_ahead else [],
        "invitation": found.invitations.filter(member=me).first() if me else None,
        "me": me,
        "attendance": attendance,
        "vote": vote,
        "has_voted": bool(vote and me and has_voted(vote, me)),
        "holiday": meeting_queries.holiday(found.on) if found.is_ahead else "",
    }
    return render(request, "governance/meeting/meeting.html", context)


@require(Permission.MEETING_RECORD)
def evening(request, pk):
    """The whole evening on one page: attendance, agenda with votes, minutes, and the way to the collection sheet."""
    found = found_meeting(pk)
    items = _items(request, found)
    minutes = found.minutes.first()
    initial = {"text": minutes.text if minutes else "", "number": minutes.number if minutes else 0}
    vote = next((item for item in items if item.is_voting), None)
    context = {
        "meeting": found,
        "quorum": queries.quorum(found),
        "items": items,
        "vote": vote,
        "shared_phones": found.attendances.filter(asked=True).select_related("member").order_by("member__name"),
        "declined": found.invitations.exclude(declined_on=None).select_related("member").order_by("member__name"),
        "minutes": minutes,
        "minutes_form": MinutesForm(initial=initial),
        "token": ConfirmationForm()["token"].value(),
        "is_today": found.on == dates.today(),
        "deadlines": deadlines(found) if found.is_ahead and found.kind == Meeting.Kind.ANNUAL else [],
        "can_write": found.state in (Meeting.State.OPEN, Meeting.State.CLOSED),
    }
    return render(request, "governance/meeting/evening.html", context)


@require(Permission.MEETING_RECORD)
def quorum(request, pk):
    """The live part of the evening: who is there, whether it is enough, and how many have voted."""
    found = found_meeting(pk)
    context = {"meeting": found, "quorum": queries.quorum(found), "vote": running(found)}
    return render(request, "governance/meeting/_quorum.html", context)


def _items(request, meeting: Meeting) -> list[AgendaItem]:
    """The agenda with its papers, as far as this person may read them, and whether an item can be put in effect."""
    items = list(queries.agenda_of(meeting))
    for item in items:
        item.paper = item.url if item.url and may_open(request.user, item.url) else ""
        item.has_effect = bool(
            item.decision and not item.in_effect_from and agenda.effect(item.kind) and item.decision.subject_id
        )
        item.effect_permission = agenda.MAY_PUT_IN_EFFECT[item.kind].name if item.has_effect else ""
    return items


# -- planning --------------------------------------------------------------------------------------------------------


@require(Permission.MEETING_RECORD)
def plan_meeting(request):
    return form_page(
        request,
        PlanForm(request.POST or None),
        services.plan_meeting,
        as_of=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Plan a meeting"),
            lead=_("The monthly meeting and the annual one appear by themselves. Plan here what is extraordinary."),
            crumbs=crumbs(),
        ),
        done=_("The meeting is planned. Now look at its agenda and invite."),
        to=_evening,
    )


@require(Permission.MEETING_RECORD)
def hold_meeting(request):
    page = FormPage(
        title=_("Record a meeting"),
        action=_("Continue to attendance"),
        lead=_("For a meeting that was held on paper: enter its day and place, then tick who came."),
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


@require(Permission.MEETING_RECORD)
def move_meeting(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        MoveForm(request.POST or None, meeting=found),
        services.move_meeting,
        found,
        as_of=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Move the meeting"),
            lead=_("A meeting is moved by a decision of the board about it. Everybody who was invited is told."),
            crumbs=crumbs(found, evening=True),
        ),
        done=_("The meeting is moved."),
    )


@require(Permission.MEETING_RECORD)
def cancel_meeting(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.cancel_meeting,
        found,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Call the meeting off"),
            crumbs=crumbs(found, evening=True),
            danger=True,
            consequences=[_("Everybody who was invited is told."), _("Its items wait for the next meeting.")],
        ),
        done=_("The meeting is called off."),
    )


@require(Permission.MEETING_RECORD)
def invite(request, pk):
    found = found_meeting(pk)
    return _confirm(
        request,
        found,
        services.invite,
        title=_("Send the invitations"),
        consequences=[
            _("What waits for the members comes on the agenda."),
            _("Every member finds the invitation in the inbox; texts for WhatsApp are ready for the others."),
        ],
        done=_("Everybody is invited."),
        on=dates.today(),
    )


# -- the evening -----------------------------------------------------------------------------------------------------


@require(Permission.MEETING_RECORD)
def open_meeting(request, pk):
    found = found_meeting(pk)
    return _confirm(
        request,
        found,
        services.open_meeting,
        title=_("Open the meeting"),
        consequences=[_("Members can check in, and items can be voted on.")],
        done=_("The meeting is open."),
        on=dates.today(),
    )


@require(Permission.MEETING_RECORD)
def declare_without_quorum(request, pk):
    found = found_meeting(pk)
    return _confirm(
        request,
        found,
        services.declare_without_quorum,
        title=_("Close without a quorum"),
        consequences=[_("Nothing can be decided. A second meeting is called with the same agenda.")],
        done=_("The meeting had no quorum. Call the second one now."),
    )


@require(Permission.MEETING_RECORD)
def call_second(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        SecondForm(request.POST or None),
        services.call_second,
        found,
        as_of=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Call the second meeting"),
            lead=_("It has the same agenda; the statutes ask for a smaller quorum."),
            crumbs=crumbs(found, evening=True),
        ),
        done=_("The second meeting is planned. Send the invitations."),
        to=_evening,
    )


@require(Permission.MEETING_RECORD)
def close_meeting(request, pk):
    found = found_meeting(pk)
    return _confirm(
        request,
        found,
        services.close_meeting,
        title=_("Close the meeting"),
        consequences=[
            _("Every item that passed becomes a decision with its number."),
            _("What was not reached waits for the next meeting."),
        ],
        done=_("The meeting of {day} is closed.").format(day=long_date(found.on)),
    )


def _confirm(request, found: Meeting, service, *, title, consequences, done, **facts):
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        service,
        found,
        by=request.user,
        page=FormPage(title=title, lead=str(found), crumbs=crumbs(found, evening=True), consequences=consequences),
        done=done,
        **facts,
    )


def _evening(found: Meeting) -> str:
    return reverse("governance:evening", args=[found.pk])
