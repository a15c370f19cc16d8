"""The interest of a month in the browser: what everybody earned, the tax, the slips, and the way to the State."""

import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import add_months, month_start, today
from core.http import export, page_of, require, submit
from core.permissions import Permission
from members.models import Member
from savings import papers, queries, services
from savings.forms.term import PayTaxForm


@require(Permission.SAVINGS_LIST)
def latest(request):
    """The month before this one: the last that can have its interest."""
    return redirect("savings:interest", add_months(month_start(today()), -1).strftime("%Y-%m"))


@require(Permission.SAVINGS_LIST)
def month(request, month):
    first = _month_or_404(month)
    rows = queries.slips(first)
    context = {
        "month": first,
        "before": add_months(first, -1).strftime("%Y-%m"),
        "after": add_months(first, 1).strftime("%Y-%m") if add_months(first, 1) <= today() else "",
        "key": month,
        "page": page_of(request, rows),
        "gross": sum(row.gross for row in rows),
        "tax": sum(row.tax for row in rows),
        "net": sum(row.net for row in rows),
        "rules": queries.interest_rules(first),
        "due_on": queries.tax_due_on(first),
        "payment": queries.tax_payment(first),
        "is_over": add_months(first, 1) <= today(),
    }
    return render(request, "savings/interest.html", context)


@require(Permission.SAVINGS_LIST)
def month_export(request, month):
    first = _month_or_404(month)
    return export(
        _("interest and tax {month}").format(month=month),
        papers.tax_sheet(queries.slips(first), first, due_on=queries.tax_due_on(first)),
        on=today(),
    )


@require(Permission.SAVINGS_DEPOSIT)
def pay_tax(request, month):
    first = _month_or_404(month)
    form = PayTaxForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_tax, first, by=request.user, **form.facts)):
        messages.success(request, _("The tax is handed over. Receipt {number}.").format(number=paid.receipt.number))
        return redirect("savings:interest", month)
    context = {"key": month, "month": first, "form": form, "amount": sum(row.tax for row in queries.slips(first))}
    return render(request, "savings/pay_tax.html", context)


@require(Permission.SAVINGS_VIEW)
def slip(request, pk, month):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    first = _month_or_404(month)
    found = queries.slips(first, member=member)
    if not found:
        raise Http404
    return papers.slip_response(found[0], member, rules=queries.tax_rules(first), on=today())


def _month_or_404(text) -> datetime.date:
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
