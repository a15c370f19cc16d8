"""The credit note."""

from django.utils.translation import gettext as _

from core import documents
from core.terbilang import terbilang
from sales.models import BuyerReturn
from sales.papers.common import head, priced


def credit_note(back: BuyerReturn) -> bytes:
    """The nota retur: what came back, and what the buyer therefore owes less."""
    invoice_of = _("For invoice {number}.").format(number=back.invoice) if back.invoice else _("Not invoiced yet.")
    return documents.pdf(
        "sales/paper.typ",
        head(back.order, title=_("Credit note"), number=back.number, on=back.returned_on)
        | priced(back.lines)
        | {
            "total": (_("Total"), "", "", None, back.amount) if back.amount else None,
            "sums": [],
            "words": terbilang(back.amount) if back.amount else "",
            "note": f"{invoice_of} {back.reason}",
            "signatures": [
                {"office": _("Received by"), "name": back.order.member.name},
                {"office": _("Given back by"), "name": ""},
            ],
        },
    )
