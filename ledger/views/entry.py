"""The journal in the browser: its entries and one of them, which leads to the book that posted it."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from core import audit, hooks
from core.http import may_open, page_of, require
from core.permissions import Permission
from ledger import queries
from ledger.forms.entry import JournalFilter
from ledger.models import Entry, Receipt


@require(Permission.LEDGER_VIEW)
def journal(request):
    found = JournalFilter(request.GET, queryset=queries.journal())
    return render(request, "ledger/journal.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.LEDGER_VIEW)
def entry(request, pk):
    found = get_object_or_404(Entry.objects.select_related("posted_by", "reverses"), pk=pk)
    reversal = Entry.objects.filter(reverses=found).first()
    lines = list(found.lines.select_related("account", "member").order_by("pk"))
    context = {
        "entry": found,
        "lines": lines,
        "amount": sum(line.debit for line in lines),
        "reversal": reversal,
        "receipts": Receipt.objects.filter(Q(entry=found) | Q(parts__entry=found)).order_by("number"),
        "corrected_elsewhere": reversal is None and not found.reverses_id,
        "origin": origin(found, request.user),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "ledger/entry.html", context)


def origin(found: Entry, user) -> str:
    """The page of the book that posted it, where it is corrected: what answers `entries.<first word of its reference>`

    with a function of the entry. Empty where nobody does, and where `user` may not open it.
    """
    page_of = hooks.answer("entries", (found.reverses or found).reference.partition(":")[0])
    address = page_of and page_of(found.reverses or found)
    return address if address and may_open(user, address) else ""
