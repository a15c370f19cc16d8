"""Taking finished goods of a neighbour for an order."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.models import Member
from orders import queries
from orders.models import GoodsTaken, OrderLine
from orders.services.common import OrdersRefused, counted, locked_open_order
from pricing import services as pricing
from stock import services as stock


@transaction.atomic
def take_goods(
    line: OrderLine, *, lender: Member, quantity: Decimal, unit=None, on: datetime.date, by: User, **facts
) -> GoodsTaken:
    """Record finished goods that `lender` hands over for this line; they count when the other side confirms.

    `facts` as for `stock.lend`. Raises OrdersRefused for more than is still to be made or offered.
    """
    order = locked_open_order(line.order, by=by)
    item = line.item
    wanted = pricing.in_base_units(item, quantity, unit or item.base_unit)
    most = queries.not_offered(line, as_of=on) - sum(
        (
            one.loan.quantity
            for one in line.goods.select_related("loan").filter(loan__confirmed_on=None, loan__declined_on=None)
        ),
        Decimal(0),
    )
    if wanted > most:
        raise OrdersRefused(
            _("{left} of this line are neither taken, offered nor there. Write that many or fewer.").format(
                left=counted(max(most, Decimal(0)), item)
            ),
            field="quantity",
        )
    loan = stock.lend(lender, order.member, item=item, quantity=wanted, on=on, by=by, **facts)
    taken = GoodsTaken.objects.create(line=line, loan=loan)
    audit.record("goods.taken", order, by=by, lender=lender.name, quantity=counted(wanted, item), item=item)
    return taken
