"""What comes back from a buyer, and its credit note. Reversed, never edited."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.errors import Refused
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit as Books
from orders import queries as orders
from orders.models import Order, OrderLine
from orders.services.common import counted
from pricing import services as pricing
from sales import queries
from sales.arithmetic.proceeds import member_part
from sales.models import BuyerReturn, Invoice, ReturnLine
from sales.services.common import locked_sale, undo
from sales.services.payment import Kind


@transaction.atomic
def take_back(
    order: Order,
    *,
    quantities: dict[OrderLine, Decimal],
    reason: str,
    invoice: Invoice | None = None,
    on: datetime.date,
    by: User,
) -> BuyerReturn:
    """Goods came back after the delivery: of an `invoice`, which is credited, or not invoiced yet.

    The credit makes what the buyer owes smaller; where that was paid already, `give_money_back` follows. Raises
    Refused for nothing, no reason, more than is there, and a day before the delivery or the invoice.
    """
    order = locked_sale(order, by)
    if not reason.strip():
        raise Refused(_("Enter the reason for the return."), field="reason")
    if invoice:
        invoice = Invoice.objects.standing(as_of=datetime.date.max).filter(order=order, pk=invoice.pk).first()
        if invoice is None:
            raise Refused(_("This invoice was reversed. Choose another one."), field="invoice")
    there = queries.returnable(order, invoice)
    back = {line: _base(line, there, quantity) for line, quantity in quantities.items() if quantity}
    if not back:
        raise Refused(_("Enter how many came back."))
    _refuse_before(order, invoice, on)
    found = BuyerReturn(
        pk=sql.next_pk(BuyerReturn),
        number=f"RT-{on.year}-{ledger.next_number('RT', on=on):04}",
        order=order,
        invoice=invoice,
        returned_on=on,
        reason=reason.strip(),
        recorded_by=by,
    )
    if invoice:
        found.amount = sum(orders.worth(line, quantity) for line, quantity in back.items())
        found.member_part = _member_loses(order, invoice, found.amount)
        if order.is_sold_by_cooperative:
            found.entry = _post_credit(found, by)
    found.save(force_insert=True)
    ReturnLine.objects.bulk_create(
        ReturnLine(back=found, line=line, quantity=quantity) for line, quantity in back.items()
    )
    words = ", ".join(f"{counted(quantity, line.item)} {line.item}" for line, quantity in back.items())
    audit.record("return.recorded", order, by=by, number=found.number, quantity=words[:200], reason=found.reason)
    return found


@transaction.atomic
def reverse_return(found: BuyerReturn, *, reason: str, on: datetime.date, by: User) -> BuyerReturn:
    """Undo a wrong return with its credit note. Never by who wrote it, never while money given back stands on it."""
    order = locked_sale(found.order, by)
    facts = {"reason": reason, "on": on, "by": by, "number": found.number}
    return undo(found, order, "return.reversed", unless=lambda row: _stands_on(row, order), **facts)


def _stands_on(found: BuyerReturn, order: Order) -> str | None:
    if found.invoice and found.invoice.payments.filter(kind=Kind.RETURNED, reversed_on=None).exists():
        return _("Money was given back for these goods. Reverse that payment first.")
    if found.invoice and found.invoice.proceeds.filter(is_back=True, reversed_on=None).exists():
        return _("The member has paid back for these goods. Reverse that payment first.")
    if not found.invoice and any(row.line.to_invoice + row.quantity < 0 for row in _with_lines(found, order)):
        return _("What came back was invoiced meanwhile. Reverse the invoice first.")
    return None


def _base(line: OrderLine, there: dict, quantity: Decimal) -> Decimal:
    quantity = pricing.in_base_units(line.item, quantity, line.item.base_unit)
    most = there.get(line.pk, Decimal(0))
    if not 0 < quantity <= most:
        raise Refused(
            _("Of {item}, {most} can come back. Enter that many or fewer.").format(
                item=line.item, most=counted(most, line.item)
            ),
            field=f"line_{line.pk}",
        )
    return quantity


def _refuse_before(order: Order, invoice: Invoice | None, on: datetime.date) -> None:
    sent = order.shipments.filter(reversed_on=None).earliest("sent_on").sent_on
    first = invoice.issued_on if invoice else sent
    if on < first:
        raise Refused(
            _("The goods were sent on {day}. They cannot come back before that day.").format(
                day=date_format(first, "j F Y")
            )
            if not invoice
            else _("The invoice is dated {day}. The credit note cannot be dated earlier.").format(
                day=date_format(first, "j F Y")
            ),
            field="on",
        )


def _with_lines(found: BuyerReturn, order: Order) -> list[ReturnLine]:
    of = {line.pk: line for line in queries.lines(order)}
    rows = list(found.lines.all())
    for row in rows:
        row.line = of[row.line_id]
    return rows


def _member_loses(order: Order, invoice: Invoice, amount: int) -> int:
    """The member's part of what is credited; of everything together exactly what the member was to get."""
    standing = Invoice.objects.counted(as_of=datetime.date.max).get(pk=invoice.pk)
    if not standing.member_part:
        return 0
    kept = member_part(standing.amount - standing.credited - amount, order.kept_bp)
    return standing.member_part - standing.member_lost - kept


def _post_credit(found: BuyerReturn, by: User):
    member = found.order.member
    lines = [
        ledger.debit(chart.SALES, found.amount),
        ledger.credit(chart.PARTNER_RECEIVABLES, found.amount),
        ledger.debit(chart.MEMBER_SALES_PAYABLE, found.member_part, member=member),
        ledger.credit(chart.COST_OF_SALES, found.member_part),
    ]
    return ledger.post_entry(
        unit=Books.UMUM,
        on=found.returned_on,
        reference=f"return:{found.pk}:credited",
        memo=_("{number}: {partner} gave goods of {invoice} back").format(
            number=found.number, partner=found.order.partner, invoice=found.invoice
        ),
        lines=[line for line in lines if line.debit or line.credit],
        by=by,
    )
