"""What the buyer pays. Posted in the general unit where the cooperative sells (docs/accounting.md)."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders import queries as orders
from orders.models import Order
from sales import queries
from sales.models import BuyerPayment, Invoice
from sales.services.common import locked_sale, undo
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay

Kind = BuyerPayment.Kind


@transaction.atomic
def receive_deposit(order: Order, *, amount: int, method: str, on: datetime.date, by: User) -> BuyerPayment:
    """The buyer pays something before anything is delivered. Raises Refused for more than the order is worth."""
    order = locked_sale(order, by)
    if not order.is_open:
        raise Refused(
            _("The order is closed, so a deposit comes too late. Write the invoice and receive the payment on it.")
        )
    room = orders.amount(order) - queries.account(order, as_of=on).deposits
    if amount > room:
        raise _too_much(amount, room)
    return _record(order, kind=Kind.DEPOSIT, amount=amount, method=method, on=on, by=by)


@transaction.atomic
def receive_payment(invoice: Invoice, *, amount: int, method: str, on: datetime.date, by: User) -> BuyerPayment:
    """The buyer pays on an invoice, all or a part. Raises Refused for more than is open, with what is."""
    order = locked_sale(invoice.order, by)
    invoice = Invoice.objects.counted(as_of=datetime.date.max).get(pk=invoice.pk)
    if invoice.reversed_on:
        raise Refused(_("This invoice was reversed already. Look at the order."))
    if on < invoice.issued_on:
        raise Refused(_("It cannot be paid before it was issued. Choose a later day."), field="on")
    if amount > invoice.open:
        raise _too_much(amount, invoice.open)
    return _record(order, kind=Kind.INVOICE, invoice=invoice, amount=amount, method=method, on=on, by=by)


@transaction.atomic
def give_back_deposit(
    order: Order, *, amount: int, method: str, on: datetime.date, by: User
) -> BuyerPayment | PaymentRequest:
    """A deposit that no invoice needs goes back to the buyer. Raises Refused for more than there is."""
    return _give_back(locked_sale(order, by), None, amount, method, on, by)


@transaction.atomic
def give_money_back(
    invoice: Invoice, *, amount: int, method: str, on: datetime.date, by: User
) -> BuyerPayment | PaymentRequest:
    """The buyer gets back what was paid for goods that came back. Raises Refused for more than that."""
    return _give_back(locked_sale(invoice.order, by), invoice, amount, method, on, by)


def _give_back(order: Order, invoice: Invoice | None, amount: int, method: str, on: datetime.date, by: User):
    """Recorded at once where the member sells; money of the cooperative goes by the rules of a second approval."""
    if not order.is_sold_by_cooperative:
        return _record_back(order, invoice, amount, method, on, by)
    _refuse_back(order, invoice, amount, on)
    return pay(
        PaymentKind.BUYER,
        amount=amount,
        channel=method,
        payee=order.partner.name,
        purpose=_("Order {order}: {what}").format(order=order, what=invoice.number if invoice else Kind.REFUND.label),
        about=f"{order.pk}:{invoice.pk if invoice else ''}",
        on=on,
        by=by,
        order=order.pk,
        invoice=invoice and invoice.pk,
    )


@transaction.atomic
def post_back(
    *, order: int, invoice: int | None, amount: int, channel: str, on: datetime.date, by: User, **_told
) -> BuyerPayment:
    """Give a buyer money back: the hook `payments.buyer`."""
    found = locked_sale(Order(pk=order), by)
    return _record_back(found, invoice and Invoice.objects.get(pk=invoice), amount, channel, on, by)


def _record_back(order: Order, invoice: Invoice | None, amount: int, method: str, on: datetime.date, by: User):
    _refuse_back(order, invoice, amount, on)
    kind = Kind.RETURNED if invoice else Kind.REFUND
    return _record(order, kind=kind, invoice=invoice, amount=amount, method=method, on=on, by=by)


def _refuse_back(order: Order, invoice: Invoice | None, amount: int, on: datetime.date) -> None:
    if invoice is None:
        free = queries.account(order, as_of=datetime.date.max).deposit_free
        if amount > free:
            raise Refused(
                _("{free} of the deposits is free. Enter that much or less.").format(free=format_rupiah(free)),
                field="amount",
            )
        return
    invoice = Invoice.objects.counted(as_of=datetime.date.max).get(pk=invoice.pk)
    too_much = max(-invoice.open, 0)
    if invoice.reversed_on or not too_much:
        raise Refused(_("The buyer has not overpaid, so there is nothing to give back."))
    if amount > too_much:
        raise Refused(
            _("The overpayment is {amount}. Enter that much or less.").format(amount=format_rupiah(too_much)),
            field="amount",
        )
    last = invoice.returns.filter(reversed_on=None).latest("returned_on").returned_on
    if on < last:
        raise Refused(_("It cannot be given back before the goods came back. Choose a later day."), field="on")


@transaction.atomic
def reverse_payment(payment: BuyerPayment, *, reason: str, on: datetime.date, by: User) -> BuyerPayment:
    """Undo a payment that was recorded wrongly; never by who recorded it, never a deposit an invoice used."""
    order = locked_sale(payment.order, by)

    def stands_on(row: BuyerPayment) -> str | None:
        free = queries.account(order, as_of=datetime.date.max).deposit_free
        if row.kind == Kind.DEPOSIT and row.amount > free:
            return _("An invoice has taken this deposit off. Reverse the invoice first.")
        if row.kind == Kind.INVOICE and row.invoice.payments.filter(kind=Kind.RETURNED, reversed_on=None).exists():
            return _("Money of this invoice was given back to the buyer. Reverse that payment first.")
        return None

    facts = {"reason": reason, "on": on, "by": by, "amount": payment.amount}
    return undo(payment, order, "payment.reversed", unless=stands_on, **facts)


def _too_much(amount: int, room: int) -> Refused:
    return Refused(
        _("{open} is outstanding, so {amount} is {more} too much. Enter {open} or less.").format(
            open=format_rupiah(room), amount=format_rupiah(amount), more=format_rupiah(amount - room)
        ),
        field="amount",
    )


def _record(order: Order, *, kind: str, amount: int, method: str, on: datetime.date, by: User, invoice=None):
    if on < order.ordered_on:
        raise Refused(_("It cannot be paid before the order was taken. Choose a later day."), field="on")
    payment = BuyerPayment(
        pk=sql.next_pk(BuyerPayment),
        order=order,
        invoice=invoice,
        kind=kind,
        amount=amount,
        method=str(Channel(method).value),
        paid_on=on,
        recorded_by=by,
    )
    if order.is_sold_by_cooperative:
        _post_money(payment, account_of(method), by)
    payment.save(force_insert=True)
    audit.record(
        "payment.recorded", order, by=by, amount=amount, kind=payment.get_kind_display(), method=payment.method
    )
    return payment


def _post_money(payment: BuyerPayment, money: str, by: User) -> None:
    order = payment.order
    other = chart.PARTNER_RECEIVABLES if payment.invoice else chart.BUYER_DEPOSITS
    goes_out = payment.kind in (Kind.REFUND, Kind.RETURNED)
    debit, credit = (other, money) if goes_out else (money, other)
    what = payment.invoice.number if payment.invoice else payment.get_kind_display()
    payment.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=payment.paid_on,
        reference=f"buyer:{payment.pk}:paid",
        memo=_("{partner}, order {order}: {what}").format(partner=order.partner, order=order, what=what),
        lines=[ledger.debit(debit, payment.amount), ledger.credit(credit, payment.amount)],
        by=by,
    )
    payment.receipt = ledger.issue_receipt(
        payment.entry,
        party=order.partner.name,
        purpose=_("Order {order}: {what}").format(order=order, what=what),
        amount=payment.amount,
        direction=Receipt.Direction.OUT if goes_out else Receipt.Direction.IN,
        by=by,
    )
