"""Finished goods that a neighbour hands over for an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import OrderLine
from stock.models import StockLoan


class GoodsTakenQuerySet(models.QuerySet):
    def confirmed(self):
        """Only what the other side has confirmed is here; until then it has not happened."""
        return self.filter(loan__confirmed_on__isnull=False)


class GoodsTaken(models.Model):
    """Finished goods of a neighbour that fill a part of an order's line: the loan in the stock that they came by.

    Once confirmed they are neither to be made nor to be offered. Whether they are paid or given back in kind, and until
    when, is agreed in the loan.
    """

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="goods")
    loan = models.OneToOneField(StockLoan, on_delete=models.PROTECT, related_name="for_order")

    objects = GoodsTakenQuerySet.as_manager()

    class Meta:
        verbose_name = _("finished goods for an order")
        verbose_name_plural = "finished goods for an order"

    def __str__(self):
        return str(self.loan)
