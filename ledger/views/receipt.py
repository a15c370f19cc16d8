"""Receipts in the browser and on paper."""

from django.shortcuts import get_object_or_404, render

from core.http import download, page_of, require
from core.permissions import Permission
from core.terbilang import terbilang
from ledger import papers
from ledger.forms.receipt import ReceiptFilter
from ledger.models import Entry, Receipt


@require(Permission.LEDGER_VIEW)
def receipts(request):
    rows = Receipt.objects.select_related("issued_by").order_by("-issued_on", "-pk")
    found = ReceiptFilter(request.GET, queryset=rows)
    return render(request, "ledger/receipts.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.OWN)
def receipt(request, pk):
    found = _receipt_or_404(request, pk)
    context = {
        "receipt": found,
        "words": terbilang(found.amount),
        "parts": found.parts.select_related("entry").order_by("pk"),
        "entries": found.entries.order_by("pk"),
        "reversals": Entry.objects.filter(reverses__in=found.entries).select_related("reverses").order_by("date"),
    }
    return render(request, "ledger/receipt.html", context)


@require(Permission.OWN)
def receipt_paper(request, pk):
    found = _receipt_or_404(request, pk)
    return download(papers.receipt(found), f"{found.number}.pdf", inline=True)


@require(Permission.OWN)
def receipt_small(request, pk):
    found = _receipt_or_404(request, pk)
    return download(papers.receipt(found, small=True), f"{found.number}.pdf", inline=True)


def _receipt_or_404(request, pk):
    rows = Receipt.objects.visible_to(request.user).select_related("entry", "member", "issued_by")
    return get_object_or_404(rows, pk=pk)
