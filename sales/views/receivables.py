"""What buyers still owe."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.permissions import Permission
from core.workbook import Column, Sheet
from sales import queries
from sales.models import Invoice


@require(Permission.ORDER_LIST)
def receivables(request):
    """What buyers still owe, by age; members see their own."""
    rows = queries.receivables(Invoice.objects.visible_to(request.user), as_of=today())
    ages = [(age, sum(row.open for row in rows if row.age == age)) for _limit, age in queries.AGES]
    context = {"page": page_of(request, rows), "ages": ages, "total": sum(row.open for row in rows)}
    return render(request, "sales/receivables.html", context)


@require(Permission.ORDER_LIST)
def export_receivables(request):
    rows = queries.receivables(Invoice.objects.visible_to(request.user), as_of=today())
    columns = [
        Column(_("Invoice")),
        Column(_("Buyer")),
        Column(_("Buyer's order")),
        Column(_("Taken by")),
        Column(_("Sold by")),
        Column(_("Invoiced on"), "date"),
        Column(_("To be paid by"), "date"),
        Column(_("Days late"), "number"),
        Column(_("Amount"), "rupiah"),
        Column(_("Open"), "rupiah"),
    ]
    lines = (
        [
            row.number,
            row.order.partner.name,
            row.order.number,
            row.order.member.name,
            row.order.get_seller_display(),
            row.issued_on,
            row.due_on,
            row.days_late,
            row.amount,
            row.open,
        ]
        for row in rows
    )
    return export(_("receivables"), Sheet(_("Receivables"), columns=columns, rows=lines), on=today())
