"""What every service of a sale shares."""

import datetime
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from core.permissions import Permission
from core.reversal import Reversible
from ledger import services as ledger
from orders.models import Order
from orders.services.common import act_for

Row = TypeVar("Row", bound=Reversible)


def locked_sale(order: Order, by: User) -> Order:
    """The order, locked: its money is one thing at a time. The cooperative's money is for who keeps its books."""
    order = (
        Order.objects.select_for_update(no_key=True, of=["self"]).select_related("member", "partner").get(pk=order.pk)
    )
    if not order.is_sold_by_cooperative:
        act_for(order.member, by)
    elif not by.can(Permission.BUYER_MONEY):
        raise Refused(_("The cooperative sells this order. The treasurer records its invoices and payments."))
    return order


def undo(
    row: Row,
    order: Order,
    event: str,
    *,
    unless: Callable[[Row], str | None],
    reason: str,
    on: datetime.date,
    by: User,
    **words,
) -> Row:
    """Reverse a record of a sale with its entry; the order is locked. `unless` says what stands on it, if anything."""
    row = type(row).objects.select_for_update(no_key=True, of=["self"]).get(pk=row.pk)
    columns = row.mark_reversed(on=on, by=by, reason=reason)
    if sentence := unless(row):
        raise Refused(sentence)
    if entry := getattr(row, "entry", None):
        ledger.reverse(entry, on=on, reason=row.reversal_reason, by=by)
    row.save(update_fields=columns)
    audit.record(event, order, by=by, reason=row.reversal_reason, **words)
    return row
