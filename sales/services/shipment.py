"""What leaves for the buyer, in one go or several; with the last of it the order is finished."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from ledger import services as ledger
from orders import services as orders
from orders.models import Order, OrderLine
from orders.services.common import act_for, counted, locked_open_order, refuse_while_work_is_out
from pricing import services as pricing
from sales import queries
from sales.models import Shipment, ShipmentLine
from sales.services.common import undo


@transaction.atomic
def ship(
    order: Order, *, quantities: dict[OrderLine, Decimal], note: str = "", on: datetime.date, by: User
) -> Shipment:
    """Hand a part of the order (or all that is left) to the buyer, with a numbered delivery note.

    Raises Refused for nothing, for more than is left and not with other hands, and for a day before the order.
    When nothing is left the order is finished.
    """
    order = locked_open_order(order, by=by)
    if on < order.ordered_on:
        raise Refused(_("The order cannot be handed over before it was taken. Choose a later day."), field="on")
    left = {line.pk: line for line in queries.lines(order)}
    going = {left[line.pk]: _base(left[line.pk], quantity) for line, quantity in quantities.items() if quantity}
    if not going:
        raise Refused(_("Enter how many are sent."))
    for line, quantity in going.items():
        here = line.to_ship - line.out
        if not 0 < quantity <= here:
            raise Refused(
                _("Of {item}, {here} can be sent; {out} are with other workshops.").format(
                    item=line.item, here=counted(max(here, Decimal(0)), line.item), out=counted(line.out, line.item)
                ),
                field=f"line_{line.pk}",
            )
    shipment = _sent(order, going, note, on, by)
    if all(line.to_ship == going.get(line, 0) for line in left.values()):
        orders.finish(order, on=on, by=by)
    return shipment


@transaction.atomic
def finish(order: Order, *, on: datetime.date, by: User) -> Order:
    """The buyer has all of it: what was not sent yet goes along, and the order leaves the workshop's load.

    Refused while others' hands still work on it.
    """
    order = locked_open_order(order, by=by)
    if on < order.ordered_on:
        raise Refused(_("The order cannot be handed over before it was taken. Choose a later day."), field="on")
    refuse_while_work_is_out(order)
    _sent(order, {line: line.to_ship for line in queries.lines(order) if line.to_ship > 0}, "", on, by)
    return orders.finish(order, on=on, by=by)


@transaction.atomic
def reverse_shipment(shipment: Shipment, *, reason: str, on: datetime.date, by: User) -> Shipment:
    """Undo a wrong delivery note; what it said is with the workshop again, and a finished order is open again.

    Never by who sent it, never while an invoice or a return needs what it said, and not once the order is cancelled.
    """
    order = Order.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=shipment.order_id)
    act_for(order.member, by)

    def stands_on(row: Shipment) -> str | None:
        lines = {line.pk: line for line in queries.lines(order)}
        if any(lines[sent.line_id].to_invoice < sent.quantity for sent in row.lines.all()):
            return _("What was sent is invoiced or came back already. Reverse the invoice or the return first.")
        return None

    facts = {"reason": reason, "on": on, "by": by, "number": shipment.number}
    shipment = undo(shipment, order, "shipment.reversed", unless=stands_on, **facts)
    orders.reopen(order, on=on)
    return shipment


def _base(line, quantity: Decimal) -> Decimal:
    return pricing.in_base_units(line.item, quantity, line.item.base_unit)


def _sent(order, going: dict, note, on, by) -> Shipment:
    shipment = Shipment.objects.create(
        number=f"SJ-{on.year}-{ledger.next_number('SJ', on=on):04}", order=order, sent_on=on, sent_by=by, note=note
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line=line, quantity=quantity) for line, quantity in going.items()
    )
    words = ", ".join(f"{counted(quantity, line.item)} {line.item}" for line, quantity in going.items())
    audit.record("shipment.sent", order, by=by, number=shipment.number, quantity=words[:200], on=on)
    return shipment
