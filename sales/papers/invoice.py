"""The invoice."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import documents
from core.terbilang import terbilang
from sales.models import Invoice
from sales.papers.common import head, priced


def invoice(invoice: Invoice) -> bytes:
    """The faktur: what was delivered at the agreed prices, less the deposit, and until when it is to be paid."""
    order = invoice.order
    owed = invoice.amount - invoice.deposit_used
    sums = [(_("Deposit taken off"), -invoice.deposit_used), (_("To pay"), owed)] if invoice.deposit_used else []
    seller = settings.COOPERATIVE_NAME if order.is_sold_by_cooperative else order.member.name
    return documents.pdf(
        "sales/paper.typ",
        head(order, title=_("Invoice"), number=invoice.number, on=invoice.issued_on)
        | priced(invoice.lines)
        | {
            "total": (_("Total"), "", "", None, invoice.amount),
            "sums": sums,
            "words": terbilang(owed) if owed else "",
            "note": _("To be paid by {day}.").format(day=date_format(invoice.due_on, "j F Y")) if owed else _("Paid."),
            "signatures": [{"office": _("Seller"), "name": seller}],
        },
    )
