"""The invitation on paper, as a calendar file, and in words for WhatsApp."""

import datetime
import zoneinfo

import icalendar
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import long_date
from core.documents import pdf
from core.http import download
from governance import queries
from governance.models import Meeting

EVENING = datetime.timedelta(hours=2)


def weekday(day: datetime.date) -> str:
    return date_format(day, "l, j F Y")


def invitation_facts(meeting: Meeting, *, on: datetime.date) -> dict:
    agenda = [item.title for item in queries.agenda_of(meeting) if item.state != "withdrawn"]
    second = meeting.second_of
    return {
        "on": on,
        "title": _("Invitation"),
        "about": str(meeting),
        "labels": {"day": _("Day"), "time": _("Time"), "place": _("Place"), "agenda": _("Agenda")},
        "day": weekday(meeting.on),
        "time": _("{time} WIB until finished").format(time=date_format(meeting.starts_at, "H.i")),
        "place": meeting.place,
        "greeting": _("To all members of the cooperative"),
        "opening": _("We invite you to the {meeting}.").format(meeting=meeting.get_kind_display()),
        "reason": meeting.reason,
        "second": _("This is the second meeting, after the one of {day} had no quorum.").format(
            day=long_date(second.on)
        )
        if second
        else "",
        "agenda": agenda or [_("It follows before the meeting.")],
        "closing": _("Every member has one vote and votes in person. If you cannot come, please tell us why."),
        "signatures": [{"office": _("Chair"), "name": ""}, {"office": _("Secretary"), "name": ""}],
    }


def invitation_response(meeting: Meeting, *, on: datetime.date):
    return download(
        pdf("governance/meeting/invitation.typ", invitation_facts(meeting, on=on)), f"undangan-{meeting.on}.pdf"
    )


def calendar_response(meeting: Meeting) -> HttpResponse:
    """The meeting for the calendar of a phone."""
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    start = datetime.datetime.combine(meeting.on, meeting.starts_at, tzinfo=zone)
    event = icalendar.Event()
    event.add("uid", f"meeting-{meeting.pk}@kokkmas")
    event.add("dtstamp", datetime.datetime.combine(meeting.on, datetime.time(), tzinfo=datetime.UTC))
    event.add("sequence", meeting.version)
    event.add("summary", f"{settings.COOPERATIVE_NAME.partition(' – ')[0]}: {meeting.get_kind_display()}")
    event.add("dtstart", start)
    event.add("dtend", start + EVENING)
    event.add("location", meeting.place)
    if meeting.state == Meeting.State.CANCELLED:
        event.add("status", "CANCELLED")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//KOKKMAS//rapat//ID")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rapat-{meeting.on}.ics"'
    response["Cache-Control"] = "no-store"
    return response


def whatsapp_text(meeting: Meeting, name: str) -> str:
    lines = [
        _("Good day {name}. You are invited to the {meeting}.").format(name=name, meeting=meeting.get_kind_display()),
        f"{weekday(meeting.on)}, {date_format(meeting.starts_at, 'H.i')} WIB, {meeting.place}",
    ]
    if settings.SITE_URL:
        lines.append(settings.SITE_URL.rstrip("/") + reverse("governance:meeting", args=[meeting.pk]))
    return "\n".join(lines)
