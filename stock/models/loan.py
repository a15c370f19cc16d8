"""What neighbours lend each other, material and finished goods."""

import datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock.arithmetic.loan import NONE
from stock.models.movement import StockMovement


class TwoSided(models.Model):
    """Something that one side records and the other confirms or declines. Until then it has not happened."""

    recorded_on = models.DateField(_("recorded on"))
    recorded_by = who()
    recorded_for = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = who(null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    declined_by = who(null=True, blank=True)
    decline_reason = models.CharField(_("why not"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answered_whole",
                condition=Q(confirmed_on=None, confirmed_by=None, declined_on=None, declined_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, declined_on=None, declined_by=None)
                | Q(confirmed_on=None, confirmed_by=None, declined_on__isnull=False, declined_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message=_("The person who recorded it cannot also confirm it."),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_on is None and self.declined_on is None


class StockLoanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see everything that is lent; a member what they lent or borrowed."""
        if user.can(Permission.STOCK_LIST_ALL):
            return self
        return self.filter(Q(lender__user=user) | Q(borrower__user=user))

    def counted(self, *, as_of: datetime.date | None = None):
        """Each with `back` (came back and confirmed), `on_its_way` (recorded, not confirmed) and `out`."""
        returns = self.model.returns.field.model.objects.filter(loan=OuterRef("pk"))
        confirmed = returns.filter(confirmed_on__isnull=False)
        day = as_of or datetime.date.max
        confirmed = confirmed.filter(confirmed_on__lte=day).standing(as_of=day)
        return self.annotate(
            back=_total(confirmed), on_its_way=_total(returns.filter(confirmed_on=None, declined_on=None))
        ).annotate(out=F("quantity") - F("back"))

    def running(self, *, as_of: datetime.date | None = None):
        """Handed over, confirmed, and not all of it back."""
        rows = self.filter(confirmed_on__isnull=False)
        if as_of:
            rows = rows.filter(confirmed_on__lte=as_of)
        return rows.counted(as_of=as_of).filter(out__gt=0)


def _total(returns):
    total = returns.order_by().values("loan").annotate(total=Sum("quantity")).values("total")
    return Coalesce(Subquery(total), NONE, output_field=models.DecimalField(max_digits=12, decimal_places=3))


class StockLoan(TwoSided):
    """So much of an item that one member handed to another, to be given back or paid at the price agreed.

    For finished goods a day is agreed; for material it is worked out from the lender's own orders
    (`stock.arithmetic.loan`), and moves with them.
    """

    class Settled(models.TextChoices):
        KIND = "kind", _("given back in kind")
        MONEY = "money", _("paid in money")

    lender = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="lent", verbose_name=_("lender"))
    borrower = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="borrowed", verbose_name=_("borrower"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("quantity"))
    price = RupiahField(_("agreed price for one"))
    agreed = models.CharField(_("agreed"), max_length=5, choices=Settled, default=Settled.KIND)
    handed_on = models.DateField(_("handed over on"))
    due_on = models.DateField(_("agreed day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    movement = models.OneToOneField(
        StockMovement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("movement")
    )

    objects = StockLoanQuerySet.as_manager()

    class Meta(TwoSided.Meta):
        verbose_name = _("loan of material or goods")
        indexes = [models.Index(fields=["lender", "item"], name="stock_stockloan_lender")]
        constraints = [
            *TwoSided.Meta.constraints,
            models.CheckConstraint(name="stock_stockloan_quantity_positive", condition=Q(quantity__gt=0, price__gt=0)),
            models.CheckConstraint(name="stock_stockloan_two_members", condition=~Q(lender=F("borrower"))),
            models.CheckConstraint(
                name="stock_stockloan_day_after_handing_over", condition=Q(due_on=None) | Q(due_on__gte=F("handed_on"))
            ),
            models.CheckConstraint(
                name="stock_stockloan_moved_when_confirmed",
                condition=Q(confirmed_on=None, movement=None) | Q(confirmed_on__isnull=False, movement__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.lender.name} → {self.borrower.name}"

    def other_side(self, member_id: int) -> Member:
        return self.borrower if member_id == self.lender_id else self.lender


class ToldDate(models.Model):
    """The day on which both sides were told that lent material must be back, and the order that asks for it."""

    loan = models.ForeignKey(StockLoan, on_delete=models.PROTECT, related_name="told_dates")
    return_on = models.DateField(_("to be back on"))
    because = models.CharField(_("because of"), max_length=120, blank=True)
    told_on = models.DateField(_("notified on"))

    class Meta:
        verbose_name = _("told day of return")
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.loan}: {self.return_on}"
