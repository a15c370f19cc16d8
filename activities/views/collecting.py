"""The sheet of a meeting's money in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms import (
    CollectionForm,
)
from activities.models import Meeting
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission


@require(Permission.DUES_COLLECT)
def collect(request, pk):
    """The collection sheet on one screen; what it comes to is shown before it is booked."""
    found = get_object_or_404(Meeting, pk=pk)
    form = CollectionForm(request.POST or None, rows=queries.collection_sheet(on=found.on))
    sums = None
    if form.is_valid():
        if "confirmed" in request.POST:
            count = submit(form, services.collect, found, by=request.user, collected=form.collected())
            if count:
                messages.success(
                    request,
                    _("{count} payments booked, {total} in cash. Each has its receipt.").format(
                        count=count, total=format_rupiah(form.sums()["total"])
                    ),
                )
                return redirect("activities:meeting", pk)
        elif "back" not in request.POST:
            sums = form.sums()
    return render(request, "activities/collect.html", {"meeting": found, "form": form, "sums": sums})
