"""What a business has to receive and to pay for shared work, in one place, and what it received and paid."""

import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import add_months, today
from core.http import export, page_of, require
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member
from orders import queries
from orders.forms import BillsFilter
from orders.views.common import own_member


def _member(request, pk) -> Member | None:
    """Whose bills: one's own, or for officers those of any member. None for somebody without a workshop."""
    own = own_member(request.user)
    if pk is None or (own and own.pk == pk):
        return own
    if not request.user.can(Permission.ORDER_LIST_ALL):
        raise Http404
    return get_object_or_404(Member.objects.visible_to(request.user), pk=pk)


def _asked(request, member) -> tuple[BillsFilter, queries.Bills, str, dict]:
    form = BillsFilter({"months": "3"} | request.GET.dict())
    show, months = form.facts
    time = {"first": add_months(today(), -months) + datetime.timedelta(days=1), "last": today()}
    found = queries.bills(member, **time)
    if not show:  # what somebody has to do about comes first
        show = "to_pay" if found.to_pay and not found.to_receive else "to_receive"
    return form, found, show, time


@require(Permission.ORDER_LIST)
def index(request, pk=None):
    """Four sums, and the rows behind the one that was chosen."""
    member = _member(request, pk)
    if member is None:
        return render(request, "orders/bills.html", {"member": None})
    form, found, show, time = _asked(request, member)
    months = form.facts[1]
    figures = [
        (name, label, found.totals[name], f"?{urlencode({'show': name, 'months': months})}")
        for name, label in BillsFilter.LISTS
    ]
    context = {
        "member": member,
        "is_own": member.user_id == request.user.pk,
        "filter": {"form": form},
        "show": show,
        "title": dict(BillsFilter.LISTS)[show],
        "figures": figures,
        "total": found.totals[show],
        "page": page_of(request, getattr(found, show)),
        "export_url": f"{reverse('orders:export-bills', args=[member.pk])}?{request.GET.urlencode()}",
        **time,
    }
    return render(request, "orders/bills.html", context)


@require(Permission.ORDER_LIST)
def export_bills(request, pk):
    """All four lists, one after the other, with what they are."""
    member = _member(request, pk)
    if member is None:
        raise Http404
    _form, found, _show, time = _asked(request, member)
    columns = [
        Column(_("List")),
        Column(_("Day"), "date"),
        Column(_("Order")),
        Column(_("With")),
        Column(_("Work")),
        Column(_("How it stands")),
        Column(_("Amount (Rp)"), "rupiah", total=False),
    ]
    rows = [
        [str(label), row.on, row.claim.offer.line.order.number, row.other.name, row.what, row.state, row.amount]
        for name, label in BillsFilter.LISTS
        for row in getattr(found, name)
    ]
    sheet = Sheet(_("Bills for shared work"), columns=columns, rows=rows)
    return export(_("bills for shared work"), sheet, on=time["last"])
