"""The fairness page: given and taken, led by who could be asked next. Every member reads it."""

import datetime

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import add_months, today
from core.http import PAGE_SIZE, export, require
from core.permissions import Permission
from core.workbook import Column, Sheet
from orders import queries
from orders.forms import FairnessFilter
from orders.views.common import own_member


def _asked(request) -> tuple[FairnessFilter, dict]:
    on = today()
    form = FairnessFilter({"months": "12"} | request.GET.dict())
    months, search = form.facts
    return form, {"first": add_months(on, -months) + datetime.timedelta(days=1), "last": on, "search": search}


@require(Permission.OFFER_VIEW)
def index(request):
    form, facts = _asked(request)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 100_000 else 1
    found = queries.fairness(**facts, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    context = {
        "filter": {"form": form},
        "found": found,
        "page": Paginator(range(found.count), PAGE_SIZE).get_page(number),
        "asked_next": queries.next_asked(found.rows) if number == 1 and not facts["search"] else [],
        "own": queries.own_place(own_member(request.user), first=facts["first"], last=facts["last"]),
        **facts,
    }
    return render(request, "orders/fairness.html", context)


@require(Permission.OFFER_VIEW)
def export_fairness(request):
    _form, facts = _asked(request)
    columns = [
        Column(_("Member")),
        Column(_("Business")),
        Column(_("Jobs in hand"), "number"),
        Column(_("Weeks without work"), "number"),
        Column(_("Taken"), "number"),
        Column(_("Taken (Rp)"), "rupiah"),
        Column(_("Given"), "number"),
        Column(_("Given (Rp)"), "rupiah"),
        Column(_("Sent"), "number"),
        Column(_("In time"), "number"),
        Column(_("Arrived"), "number"),
        Column(_("Not good"), "number"),
        Column(_("Material lent"), "number"),
        Column(_("Material borrowed"), "number"),
        Column(_("Goods lent"), "number"),
        Column(_("Goods borrowed"), "number"),
    ]
    rows = (
        [
            row.name, row.business, row.jobs, row.weeks_idle, row.taken, row.taken_worth, row.given, row.given_worth,
            row.sent, row.in_time, row.received, row.not_good, row.material_given, row.material_taken, row.goods_given,
            row.goods_taken,
        ]
        for row in queries.fairness(**facts).rows
    )  # fmt: skip
    sheet = Sheet(_("Given and taken"), columns=columns, rows=rows)
    return export(_("given and taken"), sheet, on=facts["last"])
