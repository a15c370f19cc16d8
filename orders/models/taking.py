"""What a workshop can carry, and what partners ordered from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField
from core.money import format_quantity
from core.permissions import Permission
from members.models import Business, Member, Partner
from orders import settlement
from orders.models.quantities import measured
from pricing.models import Item, PriceList, Unit
from pricing.steps import STEPS


def measured_hands(label) -> models.DecimalField:
    return models.DecimalField(label, max_digits=4, decimal_places=1, null=True, blank=True)


class Capacity(models.Model):
    """How much a business makes in a week, from a day on: at most so many pieces, and who does which step.

    `per_week` is a plain number everybody can say; zero means closed. The hands are written down where the workshop
    wants to know more exactly: a step with hands is a second limit, a step without any is none. Half a person is
    somebody who does two steps.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="capacities")
    from_on = models.DateField(_("from"))
    per_week = models.PositiveIntegerField(_("pairs or pieces a week, at most"))
    cutting = measured_hands(_("hands that cut"))
    sewing = measured_hands(_("hands that sew"))
    lasting = measured_hands(_("hands that last"))
    finishing = measured_hands(_("hands that finish"))
    days_per_week = models.PositiveSmallIntegerField(_("working days a week"), default=6)
    hours_per_day = models.DecimalField(_("hours a day"), max_digits=3, decimal_places=1, default=8)

    class Meta:
        verbose_name = _("capacity")
        constraints = [
            models.UniqueConstraint(fields=["business", "from_on"], name="orders_capacity_one_a_day"),
            models.CheckConstraint(
                name="orders_capacity_hands_not_negative",
                condition=~Q(cutting__lt=0) & ~Q(sewing__lt=0) & ~Q(lasting__lt=0) & ~Q(finishing__lt=0),
            ),
            models.CheckConstraint(
                name="orders_capacity_a_week_has_seven_days",
                condition=Q(days_per_week__gte=1, days_per_week__lte=7, hours_per_day__gt=0, hours_per_day__lte=24),
            ),
        ]

    def __str__(self):
        return f"{self.per_week}"

    @property
    def hands(self) -> list[str]:
        """`hands that sew: 2`, for the steps that are written down."""
        fields = ((self._meta.get_field(step), getattr(self, step)) for step in STEPS)
        return [f"{field.verbose_name} {format_quantity(number)}" for field, number in fields if number is not None]

    @property
    def minutes(self) -> dict:
        """Minutes a week at the steps whose hands are written down."""
        known = {step: getattr(self, step) for step in STEPS if getattr(self, step) is not None}
        return {step: number * self.days_per_week * self.hours_per_day * 60 for step, number in known.items()}


class ClosureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see all; a member the days of everybody and their own."""
        return (
            self
            if user.can(Permission.ORDER_LIST_ALL)
            else self.filter(Q(business=None) | Q(business__member__user=user))
        )


class Closure(models.Model):
    """Days on which nothing is made: Lebaran for everybody (no business named), a wedding for one."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=80)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed days")
        constraints = [
            models.CheckConstraint(name="orders_closure_dates_in_order", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="orders_closure_for_a_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["business", "until_on"], name="orders_closure_of_business")]

    def __str__(self):
        return self.reason


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every order, a member only those of their own workshop."""
        return self if user.can(Permission.ORDER_LIST_ALL) else self.filter(member__user=user)

    def open(self):
        return self.filter(cancelled_on=None, finished_on=None)


class Order(models.Model):
    """What a partner ordered from a member, numbered without gaps within its year: PS-2026-0001."""

    class Seller(models.TextChoices):
        MEMBER = "member", _("the member")
        COOPERATIVE = "cooperative", _("the cooperative")

    number = models.CharField(_("number"), max_length=20, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="orders", verbose_name=_("buyer"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="orders", verbose_name=_("taken by"))
    ordered_on = models.DateField(_("ordered on"))
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    seller = models.CharField(_("sold by"), max_length=12, choices=Seller, default=Seller.MEMBER)
    deposit_asked = RupiahField(_("deposit agreed"), default=0)
    terms_days = models.PositiveSmallIntegerField(_("days to pay"), default=0)
    kept_bp = RateField(_("the cooperative keeps"), default=0)
    finished_on = models.DateField(_("handed to the buyer on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer's order")
        constraints = [
            models.CheckConstraint(name="orders_order_due_after_ordered", condition=Q(due_on__gte=F("ordered_on"))),
            models.CheckConstraint(
                name="orders_order_finished_or_cancelled", condition=Q(finished_on=None) | Q(cancelled_on=None)
            ),
            models.CheckConstraint(
                name="orders_order_finished_after_ordered",
                condition=Q(finished_on=None) | Q(finished_on__gte=F("ordered_on")),
            ),
            models.CheckConstraint(
                name="orders_order_terms_known",
                condition=Q(seller__in=["member", "cooperative"], deposit_asked__gte=0, terms_days__lte=365)
                & (Q(kept_bp=0) | Q(seller="cooperative", kept_bp__lte=10_000)),
            ),
            models.CheckConstraint(
                name="orders_order_cancelled_for_a_reason",
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "due_on"],
                name="orders_order_open_of_member",
                condition=Q(cancelled_on=None, finished_on=None),
            ),
            models.Index(fields=["-ordered_on"], name="orders_order_newest"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.finished_on is None and self.cancelled_on is None

    @property
    def is_sold_by_cooperative(self) -> bool:
        return self.seller == self.Seller.COOPERATIVE

    @property
    def state(self) -> str:
        """In a word, as lists say it."""
        if self.cancelled_on:
            return _("cancelled")
        return _("handed over") if self.finished_on else _("open")


class OrderLine(models.Model):
    """One item of an order. The list price of the day stays here, whatever the lists say later."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="order_lines", verbose_name=_("item"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    quantity = measured(_("quantity"))
    base_quantity = measured(_("quantity in the unit of the price"))
    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    list_price = RupiahField(_("list price"), null=True, blank=True)
    price = RupiahField(_("price"))
    price_reason = models.CharField(_("reason for the price"), max_length=200, blank=True)
    specification = models.CharField(_("specification"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("order line")
        constraints = [
            models.CheckConstraint(
                name="orders_orderline_quantity_positive", condition=Q(quantity__gt=0, base_quantity__gt=0)
            ),
            models.CheckConstraint(name="orders_orderline_price_positive", condition=Q(price__gt=0)),
            models.CheckConstraint(
                name="orders_orderline_list_price_from_a_list",
                condition=Q(price_list=None, list_price=None)
                | Q(price_list__isnull=False, list_price__isnull=False, list_price__gt=0),
            ),
            models.CheckConstraint(
                name="orders_orderline_below_list_with_reason",
                condition=Q(list_price__isnull=False, price__gte=F("list_price")) | ~Q(price_reason=""),
                violation_error_message=_("A price below the list, or without one, needs a reason."),
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.item}"

    @property
    def amount(self) -> int:
        return settlement.amount(self.base_quantity, self.price)

    @property
    def is_below_list(self) -> bool:
        return self.list_price is not None and self.price < self.list_price
