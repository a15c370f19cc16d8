"""The sheet of a meeting's money in the browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from activities import papers, queries, services
from activities.forms.collection import CollectionCountForm, CollectionForm
from activities.models import Collection, CollectionCount, CollectionRules
from core.dates import today
from core.forms import ReversalForm
from core.http import download, require, submit
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance.models import Meeting
from governance.views.meeting import crumbs
from treasury.arithmetic.cash_count import total
from treasury.models import PaymentKind, PaymentRequest
from treasury.queries.spending import waiting_request


@require(Permission.MEETING_LIST)
def meetings_moved(request):
    """Where the meetings stood before they became a matter of governance: the address is known."""
    return redirect("governance:meetings", permanent=True)


@require(Permission.MEETING_LIST)
def meeting_moved(request, pk):
    return redirect("governance:meeting", pk, permanent=True)


@require(Permission.DUES_LIST)
def collect(request, pk):
    """The collection sheet: «Add up» shows the sum and where it goes, «Post» books what was seen.

    Who does not collect reads what was received: a mistake is reversed from here, and never by whoever posted it.
    """
    collects = request.user.can(Permission.DUES_COLLECT)
    if request.POST and not collects:
        raise PermissionDenied
    found = get_object_or_404(Meeting, pk=pk)
    received = list(queries.collected_at(found))
    count = CollectionCount.objects.filter(meeting=found).select_related("by").first()
    waiting = None if count else waiting_request(PaymentKind.DIFFERENCE, found.pk)
    form = _form(request, found, received) if collects and (request.POST or not (count or waiting)) else None
    context = {"meeting": found, "form": form, "received": received, "count": count, "waiting": waiting}
    if form and "post" in request.POST and form.is_valid():
        if not form.was_seen:
            context["look_again"] = True
        elif made := submit(form, services.collect, found, collected=form.collected(), by=request.user):
            messages.success(
                request,
                ngettext("{count} receipt posted, {total}.", "{count} receipts posted, {total}.", len(made)).format(
                    count=len(made), total=format_rupiah(sum(row.amount for row in made))
                ),
            )
            return redirect("activities:collect", pk)
    elif form and form.is_bound:
        form.is_valid()
    return render(request, "activities/collection/sheet.html", context)


def _form(request, meeting: Meeting, received) -> CollectionForm:
    """The lines of members who have not paid on this sheet yet, and of those somebody has ticked all the same."""
    taken = {row.member_id for row in received if not row.is_reversed}
    rows = [
        row
        for row in queries.collection_sheet(on=meeting.on, known_on=today())
        if row.member_id not in taken or f"on_{row.member_id}" in request.POST
    ]
    return CollectionForm(request.POST or None, rows=rows, rules=CollectionRules.objects.current(meeting.on))


@require(Permission.DUES_COLLECT)
@require_POST
def collect_split(request, pk, member):
    """Where the money of one line goes, while the page is filled in."""
    found = get_object_or_404(Meeting, pk=pk)
    rows = [row for row in queries.collection_sheet(on=found.on, known_on=today()) if row.member_id == member]
    form = CollectionForm(request.POST, rows=rows, rules=CollectionRules.objects.current(found.on))
    return HttpResponse("\n".join(" ".join(line.errors) or line.said for line in form.sheet), content_type="text/plain")


@require(Permission.DUES_COLLECT)
def collect_paper(request, pk):
    """The sheet to fill in by hand at the meeting."""
    found = get_object_or_404(Meeting, pk=pk)
    return papers.collection_response(found, queries.collection_sheet(on=found.on, known_on=today()))


@require(Permission.DUES_COLLECT)
def count_collection(request, pk):
    """The cash on the table against what was received. «Add up» shows the difference before the sheet closes."""
    found = get_object_or_404(Meeting, pk=pk)
    form = CollectionCountForm(request.POST or None)
    expected = queries.cash_of(found)
    context = {"meeting": found, "form": form, "expected": expected}
    if form.is_valid():
        counted = total(form.facts["pieces"])
        context |= {"counted": counted, "difference": counted - expected}
        if "keep" in request.POST:
            made = submit(form, services.count_collection, found, by=request.user, **form.facts)
            if made:
                messages.success(request, _said(made))
                return redirect("activities:collect", pk)
    return render(request, "activities/collection/count.html", context)


def _said(made: CollectionCount | PaymentRequest) -> str:
    if isinstance(made, PaymentRequest):
        return _("The cash is counted. The difference is above what one officer books alone; another officer confirms.")
    return _("The cash is counted and the sheet is closed.")


@require(Permission.DUES_LIST)
def count_paper(request, pk):
    """The record of the count, to be signed."""
    found = get_object_or_404(CollectionCount.objects.select_related("meeting", "by", "entry"), meeting=pk)
    name = _("cash-count-meeting-{day}").format(day=found.meeting.on.isoformat())
    return download(papers.collection_count(found), f"{name}.pdf", inline=True)


@require(Permission.DUES_REVERSE)
def reverse_collection(request, pk):
    rows = Collection.objects.select_related("meeting", "member", "receipt")
    row = get_object_or_404(rows, pk=pk)
    page = FormPage(
        title=_("Reverse a receipt"),
        action=_("Reverse the receipt"),
        amount=row.amount,
        consequences=[
            _("{purpose}. Every part of it becomes unpaid again.").format(purpose=row.receipt.purpose),
            _("All entries stay in the journal, with the reason."),
            _("Take back receipt {number}.").format(number=row.receipt.number),
        ],
        crumbs=[*crumbs(row.meeting), (row.receipt.number, reverse("ledger:receipt", args=[row.receipt_id]))],
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The receipt is reversed, with all its parts.")
    return form_page(request, form, services.reverse_collection, row, by=request.user, page=page, done=done)
