"""Visits in the browser."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities import services
from activities.forms import (
    VisitForm,
)
from activities.models import Visit
from core.dates import today
from core.http import page_of, require, submit
from core.permissions import Permission


@require(Permission.VISIT_LIST)
def visits(request):
    rows = Visit.objects.select_related("member", "receipt").order_by("-on", "-pk")
    return render(request, "activities/visits.html", {"page": page_of(request, rows)})


@require(Permission.VISIT_RECORD)
def record_visit(request):
    form = VisitForm(request.POST or None, as_of=today())
    if form.is_valid():
        facts = form.facts
        if submit(form, services.record_visit, facts.pop("member"), by=request.user, **facts):
            messages.success(request, _("The visit is recorded."))
            return redirect("activities:visits")
    return render(request, "activities/record_visit.html", {"form": form})
