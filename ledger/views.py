"""The books in the browser: accounts, journal, statements, months, receipts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse as address
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import Form
from core.http import download, export, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from core.terbilang import terbilang
from core.workbook import Column, Sheet
from ledger import papers, queries, services
from ledger.forms import (
    DayQuestion,
    EntryForm,
    JournalFilter,
    LineFormSet,
    ReceiptFilter,
    ReversalForm,
    SpanQuestion,
    UnitDayQuestion,
    UnitSpanQuestion,
)
from ledger.models import Account, Entry, Receipt, Unit

# -- accounts --------------------------------------------------------------------------------------------------------


@require(Permission.LEDGER_VIEW)
def accounts(request):
    question = DayQuestion(request.GET)
    groups = queries.chart_of_accounts(**question.answers)
    return render(request, "ledger/accounts.html", {"form": question, "groups": groups, **question.answers})


@require(Permission.LEDGER_VIEW)
def account(request, pk):
    found = get_object_or_404(Account, pk=pk)
    question = SpanQuestion(request.GET)
    statement = queries.account_statement(found, **question.answers)
    context = {"account": found, "form": question, "statement": statement, "page": page_of(request, statement)}
    return render(request, "ledger/account.html", context | question.answers)


@require(Permission.LEDGER_VIEW)
def export_account(request, pk):
    found = get_object_or_404(Account, pk=pk)
    answers = SpanQuestion(request.GET).answers
    statement = queries.account_statement(found, **answers)
    sheet = Sheet(
        str(found),
        columns=[
            Column(_("Date"), "date"),
            Column(_("Reference"), width=28),
            Column(_("Memo"), width=44),
            Column(_("Member")),
            Column(_("Debit"), "rupiah"),
            Column(_("Credit"), "rupiah"),
            Column(_("Balance"), "rupiah", total=False),
        ],
        rows=[
            (row.date, row.reference, row.memo, row.member_name, row.debit, row.credit, row.balance)
            for row in reversed(statement[:])
        ],
        lead=_("{unit}, opening balance {opening}, closing balance {closing}").format(
            unit=found.get_unit_display(),
            opening=format_rupiah(statement.opening),
            closing=format_rupiah(statement.closing),
        ),
    )
    return export(str(found), sheet, on=answers["last"])


# -- journal ---------------------------------------------------------------------------------------------------------


@require(Permission.LEDGER_VIEW)
def journal(request):
    found = JournalFilter(request.GET, queryset=queries.journal())
    return render(request, "ledger/journal.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.LEDGER_VIEW)
def entry(request, pk):
    found = get_object_or_404(Entry.objects.select_related("posted_by", "reverses"), pk=pk)
    lines = list(found.lines.select_related("account", "member").order_by("pk"))
    context = {
        "entry": found,
        "lines": lines,
        "amount": sum(line.debit for line in lines),
        "reversal": Entry.objects.filter(reverses=found).first(),
        "receipts": found.receipts.order_by("number"),
        "is_by_hand": services.is_by_hand(found),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "ledger/entry.html", context)


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
    form = ReversalForm(request.POST or None)
    if form.is_valid() and (reversal := submit(form, services.reverse_by_hand, found, by=request.user, **form.facts)):
        messages.success(request, _("Entry {reference} is reversed.").format(reference=found.reference))
        return redirect("ledger:entry", reversal.pk)
    context = {
        "entry": found,
        "form": form,
        "amount": queries.entry_amount(found),
        "consequences": [
            _("A new entry with debit and credit exchanged is posted."),
            _("The first entry stays in the journal and points to the new one."),
            _("Neither can be changed or deleted afterwards."),
        ],
    }
    return render(request, "ledger/reverse.html", context)


# -- statements ------------------------------------------------------------------------------------------------------


@require(Permission.LEDGER_VIEW)
def trial_balance(request):
    question = UnitDayQuestion(request.GET)
    rows = queries.trial_balance(**question.answers)
    context = {
        "form": question,
        "rows": [row for row in rows if row.debit or row.credit],
        "debit": sum(row.debit for row in rows),
        "credit": sum(row.credit for row in rows),
    }
    return render(request, "ledger/trial_balance.html", context | question.answers)


@require(Permission.LEDGER_VIEW)
def export_trial_balance(request):
    answers = UnitDayQuestion(request.GET).answers
    sheet = Sheet(
        _("Trial balance"),
        columns=[
            Column(_("Code"), width=10),
            Column(_("Account"), width=40),
            Column(_("Debit"), "rupiah"),
            Column(_("Credit"), "rupiah"),
        ],
        rows=[(row.code, row.name, row.debit, row.credit) for row in queries.trial_balance(**answers)],
        lead=Unit(answers["unit"]).label,
        portrait=True,
    )
    return export(_("Trial balance"), sheet, on=answers["as_of"])


@require(Permission.LEDGER_VIEW)
def income_statement(request):
    question = UnitSpanQuestion(request.GET)
    statement = queries.income_statement(**question.answers)
    return render(
        request, "ledger/income_statement.html", {"form": question, "statement": statement, **question.answers}
    )


@require(Permission.LEDGER_VIEW)
def balance_sheet(request):
    question = UnitDayQuestion(request.GET)
    sheet = queries.balance_sheet(**question.answers)
    return render(request, "ledger/balance_sheet.html", {"form": question, "sheet": sheet, **question.answers})


# -- months ----------------------------------------------------------------------------------------------------------


@require(Permission.LEDGER_VIEW)
def periods(request):
    return render(request, "ledger/periods.html", {"units": queries.months()})


@require(Permission.PERIOD_CLOSE)
def open_year(request, unit):
    if unit not in Unit.values:
        raise Http404
    year = queries.next_year(unit) or today().year
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.open_year, unit, year, by=request.user):
        messages.success(request, _("The books of {year} are open.").format(year=year))
        return redirect("ledger:periods")
    context = {
        "form": form,
        "title": _("Open the books of {year}, {unit}").format(year=year, unit=Unit(unit).label),
        "action": _("Open the year"),
        "cancel": address("ledger:periods"),
        "consequences": [_("From January to December {year}, entries can be posted.").format(year=year)],
    }
    return render(request, "ledger/open_year.html", context)


# -- receipts --------------------------------------------------------------------------------------------------------


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
        "reversal": Entry.objects.filter(reverses=found.entry).first(),
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
