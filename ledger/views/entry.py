"""The journal in the browser: its entries, an entry posted by hand, a reversal."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse as address
from django.utils.translation import gettext as _

from core import audit, hooks
from core.forms import ReversalForm
from core.http import may_open, page_of, require, submit
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from ledger import queries, services
from ledger.forms.entry import EntryForm, JournalFilter, LineFormSet
from ledger.models import Entry, Receipt


@require(Permission.LEDGER_VIEW)
def journal(request):
    found = JournalFilter(request.GET, queryset=queries.journal())
    return render(request, "ledger/journal.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.LEDGER_VIEW)
def entry(request, pk):
    found = get_object_or_404(Entry.objects.select_related("posted_by", "reverses"), pk=pk)
    reversal = Entry.objects.filter(reverses=found).first()
    may_correct = request.user.can(Permission.ENTRY_REVERSE) and reversal is None
    lines = list(found.lines.select_related("account", "member").order_by("pk"))
    context = {
        "entry": found,
        "lines": lines,
        "amount": sum(line.debit for line in lines),
        "reversal": reversal,
        "receipts": Receipt.objects.filter(Q(entry=found) | Q(parts__entry=found)).order_by("number"),
        "may_reverse": may_correct and found.is_by_hand,
        "corrected_elsewhere": may_correct and not found.is_by_hand and not found.reverses_id,
        "origin": _origin(found, request.user),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "ledger/entry.html", context)


def _origin(found: Entry, user) -> str:
    """The page of the book that posted it, where it is corrected: what answers `entries.<first word of its reference>`

    with a function of the entry. Empty where nobody does, and where `user` may not open it.
    """
    page_of = hooks.answer("entries", (found.reverses or found).reference.partition(":")[0])
    address = page_of and page_of(found.reverses or found)
    return address if address and may_open(user, address) else ""


@require(Permission.ENTRY_POST)
def post(request):
    """Entry and lines on one page. `add up` shows the sums, `more lines` gives more; neither posts."""
    form = EntryForm(request.POST or None)
    lines = LineFormSet(_with_more_lines(request.POST) or None, prefix="lines")
    if form.is_valid() & lines.is_valid() and "post" in request.POST:
        posted = submit(form, services.post_by_hand, lines=lines.postings, by=request.user, **form.facts)
        if posted:
            messages.success(request, _("Entry {reference} is posted.").format(reference=posted.reference))
            return redirect("ledger:entry", posted.pk)
    return render(request, "ledger/post.html", {"form": form, "lines": lines})


def _with_more_lines(typed):
    count = typed.get("lines-TOTAL_FORMS", "")
    if "more" not in typed or not count.isdecimal():
        return typed
    typed = typed.copy()
    typed["lines-TOTAL_FORMS"] = str(int(count) + 4)
    return typed


@require(Permission.ENTRY_REVERSE)
def reverse(request, pk):
    found = get_object_or_404(Entry, pk=pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_by_hand,
        found,
        by=request.user,
        done=_("Entry {reference} is reversed.").format(reference=found.reference),
        to=lambda reversal: address("ledger:entry", args=[reversal.pk]),
        page=lambda: FormPage(
            title=_("Reverse an entry"),
            lead=found.memo,
            action=_("Reverse the entry"),
            crumbs=crumbs((_("Journal"), "ledger:journal"), (found.reference, "ledger:entry", found.pk)),
            amount=queries.entry_amount(found),
            consequences=[
                _("A new entry with debit and credit exchanged is posted."),
                _("The first entry stays in the journal and points to the new one."),
                _("Neither can be changed or deleted afterwards."),
            ],
            danger=True,
        ),
    )
