"""The list of attendance to sign by hand, for whoever comes without a phone."""

from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from governance.models import Meeting
from members.models import Member


def attendance_facts(meeting: Meeting) -> dict:
    members = Member.objects.entered(as_of=meeting.on).order_by("name", "pk")
    return {
        "on": meeting.on,
        "title": _("List of attendance"),
        "about": f"{meeting}, {meeting.place}",
        "headings": [_("No."), _("Name"), _("Signature")],
        "rows": [[str(number), name] for number, name in members.values_list("number", "name")],
    }


def attendance_response(meeting: Meeting):
    return download(
        pdf("governance/meeting/attendance.typ", attendance_facts(meeting)), f"daftar-hadir-{meeting.on}.pdf"
    )
