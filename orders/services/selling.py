"""What the buyer is asked for and pays. Posted in the general unit where the cooperative sells (docs/accounting.md)."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders import queries, settlement
from orders.models import BuyerPayment, Invoice, InvoiceLine, Order
from orders.services.common import OrdersRefused, act_for

Kind, Method = BuyerPayment.Kind, BuyerPayment.Method
ACCOUNTS = {Method.CASH: chart.CASH, Method.BANK: chart.BANK}


@transaction.atomic
def issue_invoice(order: Order, *, on: datetime.date, by: User) -> Invoice:
    """Ask the buyer for everything that was delivered and not yet invoiced, at the agreed prices, less the deposits.

    Where the cooperative sells, the member's claim for the goods arises in the same entry: the price less what the
    cooperative keeps under the terms of the order. Raises OrdersRefused where nothing is to be invoiced, before the
    last delivery, and for who may not do it.
    """
    order = locked_sale(order, by)
    lines = [line for line in queries.lines(order) if line.to_invoice > 0]
    if not lines:
        raise OrdersRefused(_("Nothing was delivered that is not invoiced yet. Send something to the buyer first."))
    last = order.shipments.filter(reversed_on=None).latest("sent_on").sent_on
    if on < last:
        raise OrdersRefused(
            _("The last delivery was on {day}. The invoice cannot be older.").format(day=date_format(last, "j F Y")),
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
        invoice.member_part = settlement.member_part(amount, order.kept_bp)
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
    order = locked_sale(invoice.order, by)
    invoice = Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
    if invoice.reversed_on:
        raise OrdersRefused(_("This invoice was reversed already. Look at the order."))
    if invoice.issued_by_id == by.pk:
        raise OrdersRefused(_("You issued this invoice. Ask an officer to reverse it."))
    if invoice.payments.filter(reversed_on=None).exists():
        raise OrdersRefused(_("The buyer has paid on this invoice. Reverse the payments first."))
    if invoice.returns.filter(reversed_on=None).exists():
        raise OrdersRefused(_("Goods of this invoice came back. Reverse the credit note first."))
    if invoice.proceeds.filter(reversed_on=None).exists():
        raise OrdersRefused(_("The member was paid for this invoice. Reverse that payment first."))
    if on < invoice.issued_on:
        raise OrdersRefused(_("It cannot be reversed before it was issued. Choose a later day."), field="on")
    if invoice.entry:
        ledger.reverse(invoice.entry, on=on, reason=reason, by=by)
    invoice.reversed_on, invoice.reversed_by, invoice.reversal_reason = on, by, reason
    invoice.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    audit.record("invoice.reversed", order, by=by, number=invoice.number, amount=invoice.amount, reason=reason)
    return invoice


# -- money -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def receive_deposit(order: Order, *, amount: int, method: str, on: datetime.date, by: User) -> BuyerPayment:
    """The buyer pays something before anything is delivered. Raises OrdersRefused for more than the order is worth."""
    order = locked_sale(order, by)
    if not order.is_open:
        raise OrdersRefused(
            _("The order is closed, so a deposit comes too late. Write the invoice and receive the payment on it.")
        )
    room = queries.amount(order) - queries.account(order, as_of=on).deposits
    if amount > room:
        raise _too_much(amount, room)
    return pay(order, kind=Kind.DEPOSIT, amount=amount, method=method, on=on, by=by)


@transaction.atomic
def receive_payment(invoice: Invoice, *, amount: int, method: str, on: datetime.date, by: User) -> BuyerPayment:
    """The buyer pays on an invoice, all or a part. Raises OrdersRefused for more than is open, with what is."""
    order = locked_sale(invoice.order, by)
    invoice = Invoice.objects.counted(as_of=datetime.date.max).get(pk=invoice.pk)
    if invoice.reversed_on:
        raise OrdersRefused(_("This invoice was reversed already. Look at the order."))
    if on < invoice.issued_on:
        raise OrdersRefused(_("It cannot be paid before it was issued. Choose a later day."), field="on")
    if amount > invoice.open:
        raise _too_much(amount, invoice.open)
    return pay(order, kind=Kind.INVOICE, invoice=invoice, amount=amount, method=method, on=on, by=by)


@transaction.atomic
def give_back_deposit(order: Order, *, amount: int, method: str, on: datetime.date, by: User) -> BuyerPayment:
    """A deposit that no invoice needs goes back to the buyer. Raises OrdersRefused for more than there is."""
    order = locked_sale(order, by)
    free = queries.account(order, as_of=datetime.date.max).deposit_free
    if amount > free:
        raise OrdersRefused(
            _("{free} of the deposits is free. Write that much or less.").format(free=format_rupiah(free)),
            field="amount",
        )
    return pay(order, kind=Kind.REFUND, amount=amount, method=method, on=on, by=by)


@transaction.atomic
def reverse_payment(payment: BuyerPayment, *, reason: str, on: datetime.date, by: User) -> BuyerPayment:
    """Undo a payment that was written down wrongly; never by who wrote it, never a deposit an invoice used."""
    order = locked_sale(payment.order, by)
    payment = BuyerPayment.objects.select_for_update(no_key=True).get(pk=payment.pk)
    if payment.reversed_on:
        raise OrdersRefused(_("This payment was reversed already. Look at the order."))
    if payment.recorded_by_id == by.pk:
        raise OrdersRefused(_("You wrote this payment down. Ask another officer to reverse it."))
    if on < payment.paid_on:
        raise OrdersRefused(_("It cannot be reversed before it was paid. Choose a later day."), field="on")
    free = queries.account(order, as_of=datetime.date.max).deposit_free
    if payment.kind == Kind.DEPOSIT and payment.amount > free:
        raise OrdersRefused(_("An invoice has taken this deposit off. Reverse the invoice first."))
    if payment.kind == Kind.INVOICE and payment.invoice.payments.filter(kind=Kind.RETURNED, reversed_on=None).exists():
        raise OrdersRefused(_("Money of this invoice was given back to the buyer. Reverse that payment first."))
    if payment.entry:
        ledger.reverse(payment.entry, on=on, reason=reason, by=by)
    payment.reversed_on, payment.reversed_by, payment.reversal_reason = on, by, reason
    payment.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    audit.record("buyer.payment_reversed", order, by=by, amount=payment.amount, reason=reason)
    return payment


def _too_much(amount: int, room: int) -> OrdersRefused:
    return OrdersRefused(
        _("{open} is open, {amount} is {more} too much. Write {open} or less.").format(
            open=format_rupiah(room), amount=format_rupiah(amount), more=format_rupiah(amount - room)
        ),
        field="amount",
    )


def pay(order: Order, *, kind: str, amount: int, method: str, on: datetime.date, by: User, invoice=None):
    if on < order.ordered_on:
        raise OrdersRefused(_("It cannot be paid before the order was taken. Choose a later day."), field="on")
    payment = BuyerPayment(
        pk=sql.next_pk(BuyerPayment),
        order=order,
        invoice=invoice,
        kind=kind,
        amount=amount,
        method=method,
        paid_on=on,
        recorded_by=by,
    )
    if order.is_sold_by_cooperative:
        _post_money(payment, by)
    payment.save(force_insert=True)
    audit.record("buyer.paid", order, by=by, amount=amount, kind=payment.get_kind_display(), method=method)
    return payment


# -- the entries: docs/accounting.md ---------------------------------------------------------------------------------


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


def _post_money(payment: BuyerPayment, by: User) -> None:
    order, money = payment.order, ACCOUNTS[payment.method]
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


def locked_sale(order: Order, by: User) -> Order:
    """The order, locked: its money is one thing at a time. The cooperative's money is for who keeps its books."""
    order = (
        Order.objects.select_for_update(no_key=True, of=["self"]).select_related("member", "partner").get(pk=order.pk)
    )
    if not order.is_sold_by_cooperative:
        act_for(order.member, by)
    elif not by.can(Permission.BUYER_MONEY):
        raise OrdersRefused(_("The cooperative sells this order. The treasurer writes its invoices and payments."))
    return order
