"""The market mirror: local, national, export; by buyer and by product; and how much hangs on one buyer."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, require
from core.permissions import Permission
from core.workbook import Column, Sheet
from sales import queries
from sales.arithmetic import market as arithmetic
from sales.models import SellingRules


def _quarter(request) -> arithmetic.Quarter:
    return arithmetic.parse(request.GET.get("quarter", ""), or_else=arithmetic.quarter_of(today()))


@require(Permission.MARKET_VIEW)
def index(request):
    quarter = _quarter(request)
    course = queries.market_levels(quarter)
    partners = queries.market_partners(quarter)
    context = {
        "quarter": quarter,
        "earlier": quarter.before(1),
        "later": quarter.before(-1) if quarter < arithmetic.quarter_of(today()) else None,
        "total": course[0][1],
        "levels": course[0][2],
        "course": course,
        "partners": partners,
        "items": queries.market_items(quarter),
        "largest": partners[0] if partners else None,
        "rules": SellingRules.objects.current(quarter.last),
        "direct": sum(row.direct for row in partners),
    }
    return render(request, "sales/market.html", context)


@require(Permission.MARKET_VIEW)
def export_market(request):
    quarter = _quarter(request)
    levels = [
        [found.code, level.label, level.amount, level.percent, level.aim]
        for found, _total, of_quarter in queries.market_levels(quarter)
        for level in of_quarter
    ]
    partners = [[row.name, row.level, row.amount, row.percent, row.direct] for row in queries.market_partners(quarter)]
    items = [[row.name, row.quantity, row.unit, row.amount, row.percent] for row in queries.market_items(quarter)]
    percent = Column(_("Percent"), "number", total=False)
    money = Column(_("Delivered"), "rupiah")
    return export(
        _("market"),
        Sheet(
            _("Market levels"),
            columns=[
                Column(_("Quarter")),
                Column(_("Market")),
                money,
                percent,
                Column(_("Aim (percent)"), "number", total=False),
            ],
            rows=levels,
        ),
        Sheet(
            _("Buyers"),
            columns=[Column(_("Buyer")), Column(_("Market")), money, percent, Column(_("Sold by members"), "rupiah")],
            rows=partners,
        ),
        Sheet(
            _("Products"),
            columns=[Column(_("Item")), Column(_("Quantity"), "number"), Column(_("Unit")), money, percent],
            rows=items,
        ),
        on=today(),
    )
