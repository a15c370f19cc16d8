"""Dues paid out of what a member earned with a neighbour's work: the orders ask, the activities collect."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities import queries, services
from activities.models import DuesPayment
from ledger import chart
from members.models import Member
from orders.netting import Booked, Option

AHEAD = 1
"""Months of dues that are offered beyond what is open."""


def options(member: Member, *, as_of: datetime.date) -> list[Option]:
    """One month of open dues, two, and so on: dues are paid in whole months, the oldest first."""
    dues = queries.open_dues(member, as_of=as_of, ahead=AHEAD)
    if dues is None:
        return []
    return [
        Option(
            str(count),
            _("dues until {month}").format(month=date_format(dues.months[count - 1], "F Y")),
            dues.cost(count),
            in_parts=False,
        )
        for count in range(1, len(dues.months) + 1)
    ]


def pay(member: Member, key: str, amount: int, *, on: datetime.date, by, reference: str) -> Booked:
    """The dues take their month out of what the cooperative holds for the maker; their entry is the whole booking."""
    payments = services.collect_dues(member, months=int(key), on=on, by=by, against=chart.MAKERS_PAYABLE)
    return Booked(payments[0].entry, str(payments[0].pk))


def undo(offset, *, on: datetime.date, reason: str, by) -> None:
    services.reverse_dues(DuesPayment.objects.get(pk=offset.handle), on=on, reason=reason, by=by)
