"""Entries by hand in the browser: recorded line by line, one of them with its papers, reversed by somebody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.forms import ReversalForm
from core.http import download, require, show, submit
from core.models import StoredFile
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from treasury import papers, services
from treasury.forms.journal import JournalForm, LineFormSet
from treasury.models import Journal, PaymentRequest


@require(Permission.ENTRY_POST)
def record_journal(request):
    """Form and lines on one page. `add up` shows the sums, `more lines` gives more; neither posts."""
    form = JournalForm(request.POST or None, request.FILES or None)
    lines = LineFormSet(_with_more_lines(request.POST) or None, prefix="lines")
    if form.is_valid() & lines.is_valid() and "post" in request.POST:
        done = submit(form, services.record_journal, lines=lines.postings, by=request.user, **form.facts)
        if isinstance(done, PaymentRequest):
            messages.success(
                request, _("The entry is above what one officer posts alone. It waits for a second approval.")
            )
            return redirect("treasury:request", done.pk)
        if done:
            messages.success(request, _("Entry {number} is posted.").format(number=done))
            return redirect("treasury:journal", done.pk)
    return render(request, "treasury/record_journal.html", {"form": form, "lines": lines})


def _with_more_lines(typed):
    count = typed.get("lines-TOTAL_FORMS", "")
    if "more" not in typed or not count.isdecimal():
        return typed
    typed = typed.copy()
    typed["lines-TOTAL_FORMS"] = str(int(count) + 4)
    return typed


@require(Permission.LEDGER_VIEW)
def journal(request, pk):
    found = _journal_or_404(pk)
    context = {
        "journal": found,
        "lines": [(line.account, line.debit, line.credit) for line in _lines(found)],
        "may_reverse": request.user.can(Permission.ENTRY_REVERSE) and found.may_be_reversed_by(request.user),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "treasury/journal.html", context)


@require(Permission.LEDGER_VIEW)
def journal_paper(request, pk):
    found = _journal_or_404(pk)
    return download(papers.journal(found, _lines(found)), f"{found.number}.pdf", inline=True)


@require(Permission.LEDGER_VIEW)
def bill(request, pk):
    """The paper that it rests on."""
    return show(get_object_or_404(StoredFile, pk=_journal_or_404(pk).paper_id))


@require(Permission.ENTRY_REVERSE)
def reverse_journal(request, pk):
    found = _journal_or_404(pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_journal,
        found,
        by=request.user,
        page=FormPage(
            title=_("Reverse an entry"),
            lead=found.memo,
            action=_("Reverse the entry"),
            crumbs=crumbs((_("Journal"), "ledger:journal"), (found.number, "treasury:journal", pk)),
            amount=found.amount,
            consequences=[
                _("A new entry with debit and credit exchanged is posted."),
                _("The first entry stays in the journal and points to the new one."),
                _("Neither can be changed or deleted afterwards."),
            ],
            danger=True,
        ),
        done=_("Entry {reference} is reversed.").format(reference=found.number),
        to=reverse("treasury:journal", args=[pk]),
    )


def _lines(found: Journal):
    return found.entry.lines.select_related("account").order_by("pk")


def _journal_or_404(pk) -> Journal:
    return get_object_or_404(Journal.objects.select_related("entry", "by", "reversed_by"), pk=pk)
