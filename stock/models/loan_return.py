"""How what was lent comes back, in kind or in money."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.reversal import Reversible, ReversibleQuerySet, reversed_by_others
from ledger.channels import RECEIVING, channel_field
from ledger.models import Entry
from savings.models import Movement
from stock import triggers
from stock.models.loan import StockLoan, TwoSided
from stock.models.movement import StockMovement


class StockReturnQuerySet(ReversibleQuerySet):
    def visible_to(self, user):
        return self.filter(loan__in=StockLoan.objects.visible_to(user))


class StockReturn(TwoSided, Reversible):
    """Part of a loan that comes back: the goods themselves or of the same quality, or money at the agreed price.

    What was posted, money at the cooperative, is reversed by another officer than the one who received it.
    """

    done_on, done_by = "confirmed_on", "confirmed_by"

    class Way(models.TextChoices):
        GOODS = "goods", _("in kind, of the same quality")
        DIRECT = "direct", _("in money, paid directly")
        SAVINGS = "savings", _("in money at the cooperative, into the lender's savings")

    loan = models.ForeignKey(StockLoan, on_delete=models.PROTECT, related_name="returns")
    way = models.CharField(_("how"), max_length=7, choices=Way)
    quantity = measured(_("quantity"))
    amount = RupiahField(_("amount"), null=True, blank=True)
    on = models.DateField(_("given back on"))
    channel = channel_field(*RECEIVING, blank=True)
    movement = models.OneToOneField(StockMovement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = StockReturnQuerySet.as_manager()

    class Meta(TwoSided.Meta):
        verbose_name = _("return of material or goods")
        constraints = [
            *TwoSided.Meta.constraints,
            models.CheckConstraint(name="stock_stockreturn_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="stock_stockreturn_money_has_an_amount",
                condition=Q(way="goods", amount=None)
                | Q(way__in=["direct", "savings"], amount__isnull=False, amount__gt=0),
            ),
            models.CheckConstraint(
                name="stock_stockreturn_carried_out_when_confirmed",
                condition=Q(confirmed_on=None, movement=None, channel="", entry=None, savings=None)
                | Q(
                    confirmed_on__isnull=False,
                    way="goods",
                    movement__isnull=False,
                    channel="",
                    entry=None,
                    savings=None,
                )
                | Q(confirmed_on__isnull=False, way="direct", movement=None, channel="", entry=None, savings=None)
                | Q(
                    confirmed_on__isnull=False,
                    way="savings",
                    movement=None,
                    channel__in=RECEIVING,
                    entry__isnull=False,
                    savings__isnull=False,
                ),
            ),
            reversed_by_others(on="confirmed_on", by="confirmed_by"),
            models.CheckConstraint(
                name="stock_stockreturn_reversed_where_posted", condition=Q(reversed_on=None) | Q(entry__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_more_than_lent",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=triggers.NEVER_MORE_THAN_LENT,
            ),
        ]

    def __str__(self):
        return f"{self.loan}: {self.get_way_display()}"
