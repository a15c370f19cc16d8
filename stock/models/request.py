"""Asking neighbours for material or finished goods, and what they answer."""

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import measured, who
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock.arithmetic.loan import NONE
from stock.models.loan import StockLoan


class StockRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Neighbours ask openly, as they lend openly."""
        return self if user.can(Permission.STOCK_VIEW) else self.none()

    def open(self, *, as_of: datetime.date):
        """Not taken back, not too late, and not all of it promised."""
        return self.counted().filter(ended_on=None, asked_on__lte=as_of, until_on__gte=as_of, open__gt=0)

    def counted(self):
        """Each with `promised` (handed over, or waiting for the yes of who asked) and `open`."""
        loans = StockLoan.objects.filter(answer__request=OuterRef("pk"), declined_on=None).order_by()
        total = loans.values("answer__request").annotate(total=Sum("quantity")).values("total")
        field = models.DecimalField(max_digits=12, decimal_places=3)
        return self.annotate(promised=Coalesce(Subquery(total), NONE, output_field=field)).annotate(
            open=F("quantity") - F("promised")
        )


class StockRequest(models.Model):
    """ "I need material" (or finished goods): how much, and until when. Who holds it says yes, how much, or no."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="stock_requests", verbose_name=_("who asks")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("quantity"))
    until_on = models.DateField(_("needed until"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"))
    asked_by = who()
    ended_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = StockRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for material or goods")
        constraints = [
            models.CheckConstraint(name="stock_stockrequest_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="stock_stockrequest_days_in_order",
                condition=Q(until_on__gte=F("asked_on")) & (Q(ended_on=None) | Q(ended_on__gte=F("asked_on"))),
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.member.name}"

    def is_open(self, on: datetime.date, promised: Decimal) -> bool:
        return self.ended_on is None and on <= self.until_on and promised < self.quantity


class StockAnswer(models.Model):
    """What one holder said: yes, and then it is a loan that the other side confirms, or no."""

    request = models.ForeignKey(StockRequest, on_delete=models.PROTECT, related_name="answers")
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("holder"))
    loan = models.OneToOneField(StockLoan, on_delete=models.PROTECT, null=True, blank=True, related_name="answer")
    answered_on = models.DateField(_("answered on"))
    answered_by = who()

    class Meta:
        verbose_name = _("answer to a request")
        constraints = [models.UniqueConstraint(fields=["request", "holder"], name="stock_stockanswer_once")]

    def __str__(self):
        return f"{self.holder.name}: {self.request}"
