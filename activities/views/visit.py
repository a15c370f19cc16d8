"""Visits in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import services
from activities.forms.visit import VisitForm
from activities.models import HelpRequest, Visit
from activities.views.common import reversing_page
from core import audit
from core.dates import today
from core.http import page_of, require
from core.money import format_rupiah
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from treasury.views.common import paid_or_waits


@require(Permission.VISIT_LIST)
def visits(request):
    rows = Visit.objects.select_related("member", "receipt").order_by("-on", "-pk")
    return render(request, "activities/visits.html", {"page": page_of(request, rows)})


@require(Permission.VISIT_LIST)
def visit(request, pk):
    found = _found(pk)
    context = {
        "visit": found,
        "is_reversible": found.may_be_reversed_by(request.user),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "activities/visit.html", context)


@require(Permission.VISIT_RECORD)
def record_visit(request, pk=None):
    """A visit, in answer to the request `pk` for help or without one."""
    asked = get_object_or_404(HelpRequest.objects.select_related("member"), pk=pk) if pk else None
    above = [(_("Help"), "activities:help-requests"), (asked.who, "activities:help-request", pk)] if asked else []
    page = FormPage(
        title=_("Record a visit"),
        action=_("Record the visit"),
        lead=_("What is given is paid from the social fund or the running expenses, with a receipt to be signed."),
        crumbs=crumbs(*above or [(_("Visits"), "activities:visits")]),
        facts=[(_("For whom"), asked.who), (_("Granted"), format_rupiah(asked.granted))] if asked else [],
    )
    form = VisitForm(request.POST or None, as_of=today(), help_request=asked)
    return form_page(
        request,
        form,
        services.record_visit,
        **({"help_request": asked} if asked else {}),
        by=request.user,
        page=page,
        **paid_or_waits(done=_("The visit is recorded."), to=lambda made: reverse("activities:visit", args=[made.pk])),
    )


@require(Permission.ENTRY_REVERSE)
def reverse_visit(request, pk):
    found = _found(pk)
    return reversing_page(
        request,
        services.reverse_visit,
        found,
        title=_("Reverse the visit"),
        amount=found.amount,
        facts=[(_("Who was visited"), found.who), (_("Who went"), found.visitors)],
        crumbs=crumbs((_("Visits"), "activities:visits"), (str(found), "activities:visit", pk)),
        done=_("The visit is reversed."),
    )


def _found(pk) -> Visit:
    rows = Visit.objects.select_related("member", "receipt", "by", "reversed_by", "help_request__member")
    return get_object_or_404(rows, pk=pk)
