"""The delivery note."""

from django.utils.translation import gettext as _

from core import documents
from core.money import format_quantity
from sales.models import Shipment
from sales.papers.common import head


def delivery_note(shipment: Shipment) -> bytes:
    """The surat jalan: what went along, for the buyer to count and sign."""
    lines = shipment.lines.select_related("line__item__base_unit").order_by("pk")
    return documents.pdf(
        "sales/paper.typ",
        head(shipment.order, title=_("Delivery note"), number=shipment.number, on=shipment.sent_on)
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
