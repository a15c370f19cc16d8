"""Lent material and joint purchases before a member leaves: the stock does not know the loans, nor they the stock."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import format_rupiah
from ledger import chart
from ledger.models import Unit
from ledger.queries import member_balance
from loans.leaving import Obstacle
from members.models import Member
from stock.models import StockLoan


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    of_member = Q(lender=member) | Q(borrower=member)
    found = [
        Obstacle(
            _("{item} is lent and not all back; give it back or pay it first").format(item=loan.item),
            reverse("stock:loan", args=[loan.pk]),
        )
        for loan in StockLoan.objects.filter(of_member).running(as_of=as_of).select_related("item").order_by("pk")
    ]
    if owed := sum(member_balance(member, unit, chart.MEMBER_RECEIVABLES, as_of=as_of) for unit in Unit):
        text = _("{amount} is owed for a joint purchase or as tax; receive it first").format(amount=format_rupiah(owed))
        found.append(Obstacle(text, reverse("stock:purchases")))
    return found
