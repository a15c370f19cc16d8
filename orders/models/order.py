"""What partners ordered from a workshop, what it should look like, and how far it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField, measured
from core.models import StoredFile
from core.permissions import Permission
from members.models import Member, Partner
from orders.arithmetic import settlement
from pricing.models import Item, PriceList, Unit


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
    bringing = RupiahField(_("cost to bring it to the buyer"), default=0)
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
                condition=Q(
                    seller__in=["member", "cooperative"], deposit_asked__gte=0, bringing__gte=0, terms_days__lte=365
                )
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


class LinePhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may see the order; and every reader of the board, while a part of the line is or was on offer."""
        own = Q(line__order__in=Order.objects.visible_to(user))
        offered = Q(line__in=OrderLine.objects.filter(offers__isnull=False))
        return self.filter(own | offered) if user.can(Permission.OFFER_VIEW) else self.filter(own)


class LinePhoto(models.Model):
    """A photo of what the buyer wants: a sample, the colour, a detail."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = LinePhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of an order")

    def __str__(self):
        return str(self.file)


class Progress(models.Model):
    """How many of a line the own workshop has made so far, by its word on that day. The latest word counts."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="progress")
    made = measured(_("made so far"))
    told_on = models.DateField(_("on"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["line", "told_on"], name="orders_progress_one_a_day"),
            models.CheckConstraint(name="orders_progress_not_negative", condition=Q(made__gte=0)),
        ]

    def __str__(self):
        return f"{self.line}: {self.made}"
