"""The papers that go to a buyer: what they say. How they look stands in templates/orders/paper.typ."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import documents
from core.money import format_quantity
from core.terbilang import terbilang
from orders.models import Invoice, Order, Shipment


def delivery_note(shipment: Shipment) -> bytes:
    """The surat jalan: what went along, for the buyer to count and sign."""
    lines = shipment.lines.select_related("line__item__base_unit").order_by("pk")
    return documents.pdf(
        "orders/paper.typ",
        _head(shipment.order, title=_("Delivery note"), number=shipment.number, on=shipment.sent_on)
        | {
            "columns": [(_("Item"), "wide"), (_("Quantity"), "number"), (_("Unit"), "text")],
            "rows": [
                (str(row.line.item), format_quantity(row.quantity), str(row.line.item.base_unit)) for row in lines
            ],
            "total": None,
            "sums": [],
            "words": "",
            "note": shipment.note,
            "signatures": [
                {"office": _("Sent by"), "name": shipment.order.member.name},
                {"office": _("Received by"), "name": ""},
            ],
        },
    )


def invoice(invoice: Invoice) -> bytes:
    """The faktur: what was delivered at the agreed prices, less the deposit, and until when it is to be paid."""
    order = invoice.order
    lines = invoice.lines.select_related("line__item__base_unit").order_by("pk")
    owed = invoice.amount - invoice.deposit_used
    sums = [(_("Deposit taken off"), -invoice.deposit_used), (_("To pay"), owed)] if invoice.deposit_used else []
    seller = settings.COOPERATIVE_NAME if order.is_sold_by_cooperative else order.member.name
    return documents.pdf(
        "orders/paper.typ",
        _head(order, title=_("Invoice"), number=invoice.number, on=invoice.issued_on)
        | {
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
                    row.amount,
                )
                for row in lines
            ],
            "total": (_("Total"), "", "", None, invoice.amount),
            "sums": sums,
            "words": terbilang(owed) if owed else "",
            "note": _("To be paid by {day}.").format(day=date_format(invoice.due_on, "j F Y")) if owed else _("Paid."),
            "signatures": [{"office": _("Seller"), "name": seller}],
        },
    )


def _head(order: Order, *, title: str, number: str, on) -> dict:
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
