"""Visits in the browser."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import services
from activities.forms.visit import VisitForm
from activities.models import Visit
from core.dates import today
from core.http import page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance.views.meeting import crumbs


@require(Permission.VISIT_LIST)
def visits(request):
    rows = Visit.objects.select_related("member", "receipt").order_by("-on", "-pk")
    return render(request, "activities/visits.html", {"page": page_of(request, rows)})


@require(Permission.VISIT_RECORD)
def record_visit(request):
    page = FormPage(
        title=_("Record a visit"),
        action=_("Record the visit"),
        lead=_("What is given is posted as solidarity of the general unit, with a receipt."),
        crumbs=[*crumbs(), (_("Visits"), reverse("activities:visits"))],
    )
    form = VisitForm(request.POST or None, as_of=today())
    done = _("The visit is recorded.")
    return form_page(request, form, services.record_visit, by=request.user, page=page, done=done)
