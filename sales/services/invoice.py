"""What the buyer is asked for. Posted in the general unit where the cooperative sells (docs/accounting.md)."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.errors import Refused
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit as Books
from orders.models import Order
from sales import queries
from sales.arithmetic.proceeds import member_part
from sales.models import Invoice, InvoiceLine
from sales.services.common import locked_sale, undo


@transaction.atomic
def issue_invoice(order: Order, *, on: datetime.date, by: User) -> Invoice:
    """Ask the buyer for everything that was delivered and not yet invoiced, at the agreed prices, less the deposits.

    Where the cooperative sells, the member's claim for the goods arises in the same entry: the price less what the
    cooperative keeps under the terms of the order. Raises Refused where nothing is to be invoiced, before the
    last delivery, and for who may not do it.
    """
    order = locked_sale(order, by)
    lines = [line for line in queries.lines(order) if line.to_invoice > 0]
    if not lines:
        raise Refused(_("Everything delivered is invoiced already. Send something to the buyer first."))
    last = order.shipments.filter(reversed_on=None).latest("sent_on").sent_on
    if on < last:
        raise Refused(
            _("The last delivery was on {day}. The invoice cannot be dated earlier.").format(
                day=date_format(last, "j F Y")
            ),
            field="on",
        )
    asked = [InvoiceLine(line=line, quantity=line.to_invoice) for line in lines]
    amount = sum(row.amount for row in asked)
    invoice = Invoice(
        pk=sql.next_pk(Invoice),
        order=order,
        issued_on=on,
        due_on=on + datetime.timedelta(days=order.terms_days),
        amount=amount,
        deposit_used=min(queries.account(order, as_of=on).deposit_free, amount),
        issued_by=by,
    )
    invoice.number = f"FK-{on.year}-{ledger.next_number('FK', on=on):04}"
    if order.is_sold_by_cooperative:
        invoice.member_part = member_part(amount, order.kept_bp)
        invoice.entry = _post_sale(invoice, by)
    invoice.save(force_insert=True)
    for row in asked:
        row.invoice = invoice
    InvoiceLine.objects.bulk_create(asked)
    audit.record("invoice.issued", order, by=by, number=invoice.number, amount=amount, deposit=invoice.deposit_used)
    return invoice


@transaction.atomic
def reverse_invoice(invoice: Invoice, *, reason: str, on: datetime.date, by: User) -> Invoice:
    """Undo a wrong invoice; what it asked for can be invoiced anew. Never by who issued it, never with money on it."""
    words = {"number": invoice.number, "amount": invoice.amount}
    facts = {"reason": reason, "on": on, "by": by} | words
    return undo(invoice, locked_sale(invoice.order, by), "invoice.reversed", unless=_stands_on, **facts)


def _stands_on(invoice: Invoice) -> str | None:
    if invoice.payments.filter(reversed_on=None).exists():
        return _("The buyer has paid on this invoice. Reverse the payments first.")
    if invoice.returns.filter(reversed_on=None).exists():
        return _("Goods of this invoice came back. Reverse the credit note first.")
    if invoice.proceeds.filter(reversed_on=None).exists():
        return _("The member was paid for this invoice. Reverse that payment first.")
    return None


def _post_sale(invoice: Invoice, by: User):
    owed = invoice.amount - invoice.deposit_used
    lines = [
        ledger.debit(chart.PARTNER_RECEIVABLES, owed),
        ledger.debit(chart.BUYER_DEPOSITS, invoice.deposit_used),
        ledger.credit(chart.SALES, invoice.amount),
        ledger.debit(chart.COST_OF_SALES, invoice.member_part),
        ledger.credit(chart.MEMBER_SALES_PAYABLE, invoice.member_part, member=invoice.order.member),
    ]
    return ledger.post_entry(
        unit=Books.UMUM,
        on=invoice.issued_on,
        reference=f"invoice:{invoice.pk}:issued",
        memo=_("{invoice}: {partner}, order {order}").format(
            invoice=invoice.number, partner=invoice.order.partner, order=invoice.order
        ),
        lines=[line for line in lines if line.debit or line.credit],
        by=by,
    )
