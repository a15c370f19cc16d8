"""Invitations in the browser: the paper, the calendar file, the texts for WhatsApp, and the answer of a member."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import dates
from core.forms import ConfirmationForm, ReasonForm
from core.http import page_of, require
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance.papers.invitation import calendar_response, invitation_response, whatsapp_text
from governance.services import invitation as services
from governance.views.meeting import crumbs, found_meeting, member_of


@require(Permission.MEETING_LIST)
def invitation_pdf(request, pk):
    return invitation_response(found_meeting(pk), on=dates.today())


@require(Permission.MEETING_LIST)
def calendar_file(request, pk):
    return calendar_response(found_meeting(pk))


@require(Permission.MEETING_RECORD)
def invitations(request, pk):
    """Who was invited, who cannot come and why, and a text for WhatsApp for each."""
    found = found_meeting(pk)
    rows = found.invitations.select_related("member__user").order_by("member__name", "pk")
    page = page_of(request, rows)
    page.object_list = [
        (row, whatsapp(row.member.phone, whatsapp_text(found, row.member.name))) for row in page.object_list
    ]
    return render(request, "governance/invitation/invitations.html", {"meeting": found, "page": page})


@require(Permission.MEETING_ATTEND)
def decline(request, pk):
    found, me = found_meeting(pk), _me(request)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.decline,
        found,
        me,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("I cannot come"),
            action=_("Tell the board"),
            lead=str(found),
            crumbs=crumbs(found),
        ),
        done=_("Thank you for telling us."),
    )


@require(Permission.MEETING_ATTEND)
def come_after_all(request, pk):
    found, me = found_meeting(pk), _me(request)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.come_after_all,
        found,
        me,
        by=request.user,
        page=FormPage(title=_("I am coming after all"), lead=str(found), crumbs=crumbs(found)),
        done=_("See you there."),
    )


def _me(request):
    me = member_of(request)
    if me is None:
        raise Http404
    return me
