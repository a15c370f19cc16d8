"""What a buyer was asked for, paid and owes, as at a date."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from orders.models import Order
from sales.models import BuyerPayment, BuyerReturn, Invoice


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
