"""The interest of a month in the browser: what everybody earned, and the tax on it."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import add_months, month_start, today
from core.http import export, page_of, require
from core.permissions import Permission
from savings import papers, queries
from savings.views.common import month_or_404


@require(Permission.SAVINGS_LIST)
def latest(request):
    """The month before this one: the last that can have its interest."""
    return redirect("savings:interest", add_months(month_start(today()), -1).strftime("%Y-%m"))


@require(Permission.SAVINGS_LIST)
def month(request, month):
    first = month_or_404(month)
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
    return render(request, "savings/interest/month.html", context)


@require(Permission.SAVINGS_LIST)
def month_export(request, month):
    first = month_or_404(month)
    return export(
        _("interest and tax {month}").format(month=month),
        papers.tax_sheet(queries.slips(first), first, due_on=queries.tax_due_on(first)),
        on=today(),
    )
