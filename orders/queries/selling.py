"""What buyers were asked for, paid and owe, as at a date."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from orders.models import NONE, BuyerPayment, BuyerReturn, Invoice, Order, ReturnLine
from orders.queries.taking import lines

AGES = ((0, "due"), (30, "month"), (60, "two"), (90, "quarter"), (None, "older"))
"""How receivables are sorted by their age: not due, up to 30, 60, 90 days late, and older."""


@dataclass(frozen=True)
class Account:
    """What passed between a buyer and the seller about one order, in whole rupiah."""

    deposits: int
    """Paid as deposits and not given back."""
    deposit_used: int
    invoiced: int
    credited: int
    """Of it taken back for goods that came back."""
    paid: int
    """On invoices, less what was given back for such goods."""

    @property
    def deposit_free(self) -> int:
        return self.deposits - self.deposit_used

    @property
    def open(self) -> int:
        """What is still to be paid on the invoices; below zero where more was paid than is owed."""
        return self.invoiced - self.credited - self.deposit_used - self.paid

    @property
    def too_much(self) -> int:
        """What the buyer has paid for goods that came back."""
        return max(-self.open, 0)


def account(order: Order, *, as_of: datetime.date) -> Account:
    payments = BuyerPayment.objects.standing(as_of=as_of).filter(order=order)
    money = dict(payments.order_by().values_list("kind").annotate(total=Sum("amount")))
    asked = Invoice.objects.standing(as_of=as_of).filter(order=order).aggregate(Sum("amount"), Sum("deposit_used"))
    back = BuyerReturn.objects.standing(as_of=as_of).filter(order=order).aggregate(total=Sum("amount"))
    kinds = BuyerPayment.Kind
    return Account(
        deposits=money.get(kinds.DEPOSIT, 0) - money.get(kinds.REFUND, 0),
        deposit_used=asked["deposit_used__sum"] or 0,
        invoiced=asked["amount__sum"] or 0,
        credited=back["total"] or 0,
        paid=money.get(kinds.INVOICE, 0) - money.get(kinds.RETURNED, 0),
    )


def invoices(rows: QuerySet[Invoice], *, as_of: datetime.date) -> QuerySet[Invoice]:
    """Invoices that stand, with what is paid and open, and everything their lists show."""
    return rows.standing(as_of=as_of).counted(as_of=as_of).select_related("order__partner", "order__member")


def returnable(order: Order, invoice: Invoice | None) -> dict[int, Decimal]:
    """How many of each line (by key) can come back: of an invoice, or of what went and is not invoiced."""
    if invoice is None:
        return {line.pk: line.to_invoice for line in lines(order) if line.to_invoice > 0}
    rows = ReturnLine.objects.filter(back__invoice=invoice, back__reversed_on=None)
    gone = dict(rows.values_list("line").annotate(total=Sum("quantity")))
    asked = invoice.lines.values_list("line", "quantity")
    return {line: quantity - gone.get(line, NONE) for line, quantity in asked if quantity > gone.get(line, NONE)}


def proceeds(rows: QuerySet[Invoice], *, as_of: datetime.date) -> QuerySet[Invoice]:
    """Invoices of the cooperative on which something is open between it and the member, the oldest first."""
    return invoices(rows, as_of=as_of).exclude(member_open=0).order_by("issued_on", "pk")


def receivables(rows: QuerySet[Invoice], *, as_of: datetime.date) -> list[Invoice]:
    """What buyers still owe, the longest overdue first; each with `days_late` and its `age`. One query."""
    found = list(invoices(rows, as_of=as_of).filter(open__gt=0).order_by("due_on", "pk"))
    for invoice in found:
        invoice.days_late = max((as_of - invoice.due_on).days, 0)
        invoice.age = next(age for limit, age in AGES if limit is None or invoice.days_late <= limit)
    return found


def below_list(rows: QuerySet) -> QuerySet:
    """Order lines sold under the agreed price, newest first, with how much cheaper one was."""
    return (
        rows.filter(price__lt=F("list_price"), order__cancelled_on=None)
        .select_related("order__partner", "order__member", "item__base_unit", "price_list")
        .annotate(less=F("list_price") - F("price"))
        .order_by("-order__ordered_on", "-pk")
    )
