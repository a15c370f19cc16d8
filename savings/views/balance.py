"""Everybody's savings in the browser."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.permissions import Permission
from members.models import Member
from savings import papers, queries
from savings.forms.balance import SavingsFilter


@require(Permission.SAVINGS_VIEW)
def index(request):
    """Everybody's savings for the officers; a member is led to the own passbook."""
    if not request.user.can(Permission.SAVINGS_LIST):
        return redirect("savings:passbook", get_object_or_404(Member.objects.visible_to(request.user)).pk)
    members = Member.objects.visible_to(request.user).entered(as_of=today())
    found = SavingsFilter(request.GET, queryset=queries.with_balances(members, as_of=today()).order_by("number"))
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "totals": queries.totals(found.qs, as_of=today()),
        "unpaid": len(queries.unpaid_mandatory(as_of=today())),
    }
    return render(request, "savings/balance/list.html", context)


@require(Permission.SAVINGS_LIST)
def index_export(request):
    members = Member.objects.visible_to(request.user).entered(as_of=today())
    found = SavingsFilter(request.GET, queryset=queries.with_balances(members, as_of=today()).order_by("number"))
    return export(_("savings"), papers.savings_sheet(found.qs, on=today()), on=today())
