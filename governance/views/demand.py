"""Demands for an extraordinary meeting in the browser."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import dates
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance.forms.demand import DemandForm
from governance.forms.meeting import CallForm
from governance.models import Demand
from governance.queries.demand import demands as demands_of
from governance.services import demand as services
from governance.views.meeting import crumbs, member_of


def _crumbs():
    return [*crumbs(), (_("Demands"), reverse("governance:demands"))]


@require(Permission.MEETING_LIST)
def demands(request):
    rows = demands_of(as_of=dates.today(), member=member_of(request))
    return render(request, "governance/demand/demands.html", {"rows": rows})


@require(Permission.MEETING_ATTEND)
def demand_meeting(request):
    me = member_of(request)
    if me is None:
        raise Http404
    return form_page(
        request,
        DemandForm(request.POST or None),
        services.demand_meeting,
        me,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Demand a meeting"),
            lead=_("When enough members support it, the board has to call an extraordinary meeting."),
            crumbs=_crumbs(),
        ),
        done=_("Your demand can be read and supported by every member now."),
    )


@require(Permission.MEETING_ATTEND)
def support_demand(request, pk):
    me, found = member_of(request), get_object_or_404(Demand, pk=pk)
    if me is None:
        raise Http404
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.support_demand,
        found,
        me,
        on=dates.today(),
        by=request.user,
        page=FormPage(title=_("Support the demand"), lead=found.title, consequences=[found.text], crumbs=_crumbs()),
        done=_("You support the demand."),
    )


@require(Permission.MEETING_RECORD)
def call_demanded(request, pk):
    found = get_object_or_404(Demand, pk=pk)
    return form_page(
        request,
        CallForm(request.POST or None),
        services.call_demanded,
        found,
        as_of=dates.today(),
        by=request.user,
        page=FormPage(title=_("Call the extraordinary meeting"), lead=found.title, crumbs=_crumbs()),
        done=_("The meeting is planned. Now send the invitations."),
        to=lambda made: reverse("governance:evening", args=[made.pk]),
    )
