"""What the papers that go to a buyer share: the head and the table. How they look stands in templates/sales/."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_quantity
from orders.models import Order
from orders.queries import worth


def priced(lines) -> dict:
    """The table of an invoice or of a credit note: so many of a line of the order, at its price."""
    return {
        "columns": [
            (_("Item"), "wide"),
            (_("Quantity"), "number"),
            (_("Unit"), "text"),
            (_("Price (Rp)"), "number"),
            (_("Amount (Rp)"), "number"),
        ],
        "rows": [
            (
                str(row.line.item),
                format_quantity(row.quantity),
                str(row.line.item.base_unit),
                row.line.price,
                worth(row.line, row.quantity),
            )
            for row in lines.select_related("line__item__base_unit").order_by("pk")
        ],
    }


def head(order: Order, *, title: str, number: str, on) -> dict:
    seller = settings.COOPERATIVE_NAME
    if not order.is_sold_by_cooperative:
        seller = _("{member}, member of the cooperative").format(member=order.member.name)
    return {
        "on": on,
        "title": title,
        "number": number,
        "facts": [
            (_("Number"), number),
            (_("Buyer"), ", ".join(filter(None, [order.partner.name, order.partner.city]))),
            (_("Buyer's order"), _("{order} of {day}").format(order=order, day=date_format(order.ordered_on, "j F Y"))),
            (_("Sold by"), seller),
        ],
        "place": _("{place}, {day}").format(place=settings.COOPERATIVE_CITY, day=date_format(on, "j F Y")),
        "in_words": _("In words"),
    }
