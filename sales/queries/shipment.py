"""What of an order left for the buyer, and what was asked for it."""

from django.db.models import F, OuterRef, QuerySet

from orders import queries as orders
from orders.models import Order, OrderLine
from orders.models.quantities import total_of
from sales.models import InvoiceLine, ReturnLine


def lines(order: Order) -> QuerySet[OrderLine]:
    """The lines of an order with how far they are (`orders.queries.lines`), and what was sold of them, in base units.

    `returned` by the buyer; `invoiced`, less what was credited; `to_invoice`: shipped, not come back, not asked for.
    """
    returned = ReturnLine.objects.filter(line=OuterRef("pk"), back__reversed_on=None)
    credited = returned.filter(back__invoice__isnull=False)
    invoiced = InvoiceLine.objects.filter(line=OuterRef("pk"), invoice__reversed_on=None)
    quantity = F("quantity")
    return (
        orders.lines(order)
        .annotate(
            returned=total_of(returned, "line", quantity),
            invoiced=total_of(invoiced, "line", quantity) - total_of(credited, "line", quantity),
        )
        .annotate(to_invoice=F("shipped") - F("returned") - F("invoiced"))
    )
