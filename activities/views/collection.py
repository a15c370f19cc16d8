"""The sheet of a meeting's money in the browser."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from activities import papers, queries, services
from activities.forms.collection import CollectionForm
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from governance.models import Meeting


@require(Permission.MEETING_LIST)
def meetings_moved(request):
    """Where the meetings stood before they became a matter of governance: the address is known."""
    return redirect("governance:meetings", permanent=True)


@require(Permission.MEETING_LIST)
def meeting_moved(request, pk):
    return redirect("governance:meeting", pk, permanent=True)


@require(Permission.DUES_COLLECT)
def collect(request, pk):
    """The collection sheet on one screen; what it comes to is shown before it is booked."""
    found = get_object_or_404(Meeting, pk=pk)
    form = CollectionForm(request.POST or None, rows=queries.collection_sheet(on=found.on))
    sums = None
    if form.is_valid():
        if "confirmed" in request.POST:
            done = submit(form, services.collect, found, by=request.user, collected=form.collected())
            if done:
                if done.count:
                    messages.success(
                        request,
                        _("{count} payments posted, {total} in cash. Each has its own receipt.").format(
                            count=done.count, total=format_rupiah(done.amount)
                        ),
                    )
                if not done.refused:
                    return redirect("governance:meeting", pk)
                form = _refused_rows(request, form, found, done.refused)
        elif "back" not in request.POST:
            sums = form.sums()
    return render(request, "activities/collect.html", {"meeting": found, "form": form, "sums": sums})


@require(Permission.DUES_COLLECT)
def collect_paper(request, pk):
    """The sheet to fill in by hand at the meeting."""
    found = get_object_or_404(Meeting, pk=pk)
    return papers.collection_response(found, queries.collection_sheet(on=found.on))


def _refused_rows(request, form, meeting, refused: dict[int, str]) -> CollectionForm:
    """The sheet once more with what was typed into the refused rows, each with its sentence, and a fresh token."""
    names = {pk: [name for name in form.names_of(pk) if request.POST.get(name)] for pk in refused}
    typed = {name: request.POST[name] for row in names.values() for name in row}
    again = CollectionForm(typed | {"token": str(uuid.uuid4())}, rows=queries.collection_sheet(on=meeting.on))
    again.is_valid()
    for pk, sentence in refused.items():
        name = next((name for name in names[pk] if name in again.fields), None)
        again.add_error(name, sentence)
    return again
