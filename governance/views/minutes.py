"""The minutes in the browser: read by every member with their versions, written, printed, signed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import dates
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance.forms.minutes import MinutesForm
from governance.models import Meeting
from governance.papers.minutes import minutes_response
from governance.services import minutes as services
from governance.views.meeting import crumbs, found_meeting


@require(Permission.MEETING_LIST)
def minutes(request, pk):
    """The minutes, and what they said before."""
    found = found_meeting(pk)
    versions = list(found.minutes.select_related("by"))
    context = {
        "meeting": found,
        "versions": versions,
        "last": versions[0] if versions else None,
        "can_sign": found.state == Meeting.State.APPROVED,
    }
    return render(request, "governance/minutes/minutes.html", context)


@require(Permission.MEETING_LIST)
def minutes_pdf(request, pk):
    return minutes_response(found_meeting(pk))


@require(Permission.MEETING_RECORD)
def write_minutes(request, pk):
    found = found_meeting(pk)
    last = found.minutes.first()
    initial = {"text": last.text if last else "", "number": last.number if last else 0}
    return form_page(
        request,
        MinutesForm(request.POST or None, initial=initial),
        services.write_minutes,
        found,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Minutes"),
            action=_("Save the minutes"),
            lead=str(found),
            crumbs=crumbs(found, evening=True),
            draft=f"minutes-{found.pk}",
            wide=True,
        ),
        done=_("The minutes are saved."),
        to=reverse("governance:evening", args=[found.pk]),
    )


@require(Permission.MEETING_RECORD)
def sign_minutes(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.sign_minutes,
        found,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Sign the minutes"),
            lead=str(found),
            consequences=[_("When chair and secretary have signed, the minutes are locked for good.")],
            crumbs=[*crumbs(found), (_("Minutes"), reverse("governance:minutes", args=[found.pk]))],
        ),
        done=_("You have signed."),
    )
