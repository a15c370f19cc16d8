"""Unpaid mandatory savings in the browser, each with a reminder by WhatsApp."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.notices import whatsapp
from core.permissions import Permission
from savings import papers, queries


@require(Permission.SAVINGS_LIST)
def index(request):
    rows = queries.unpaid_mandatory(as_of=today())
    page = page_of(request, rows)
    page.object_list = [(row, papers.owed_span(row), _reminder(row)) for row in page.object_list]
    return render(request, "savings/obligation/list.html", {"page": page, "total": sum(row.owed for row in rows)})


@require(Permission.SAVINGS_LIST)
def index_export(request):
    rows = queries.unpaid_mandatory(as_of=today())
    return export(_("unpaid mandatory savings"), papers.unpaid_sheet(rows, on=today()), on=today())


def _reminder(obligation):
    """The WhatsApp link with the text of the reminder; empty for a member without a telephone."""
    return whatsapp(obligation.phone, papers.reminder(obligation)) if obligation.phone else ""
