"""What can still come back from a buyer."""

from decimal import Decimal

from django.db.models import Sum

from orders.models import Order
from orders.models.quantities import NONE
from sales.models import Invoice, ReturnLine
from sales.queries.shipment import lines


def returnable(order: Order, invoice: Invoice | None) -> dict[int, Decimal]:
    """How many of each line (by key) can come back: of an invoice, or of what went and is not invoiced."""
    if invoice is None:
        return {line.pk: line.to_invoice for line in lines(order) if line.to_invoice > 0}
    rows = ReturnLine.objects.filter(back__invoice=invoice, back__reversed_on=None)
    gone = dict(rows.values_list("line").annotate(total=Sum("quantity")))
    asked = invoice.lines.values_list("line", "quantity")
    return {line: quantity - gone.get(line, NONE) for line, quantity in asked if quantity > gone.get(line, NONE)}
