"""Orders from partners, what a workshop can carry, surplus work and the hands that take it, up to the settlement.

Quantities are in the item's own (base) unit unless a name says otherwise; prices are whole rupiah per base unit.
"""

import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.permissions import Permission
from ledger.models import Entry
from members.models import Business, Member, Partner
from orders import settlement
from pricing.models import Item, PriceList, Unit
from savings.models import Movement

NONE = Decimal(0)


def measured(label, **kwargs) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=3, **kwargs)


class Capacity(models.Model):
    """How many base units a business finishes in a week, from a day on. Zero means closed."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="capacities")
    from_on = models.DateField(_("from"))
    per_week = models.PositiveIntegerField(_("pairs or pieces a week"))

    class Meta:
        verbose_name = _("capacity")
        constraints = [
            models.UniqueConstraint(fields=["business", "from_on"], name="orders_capacity_one_a_day"),
        ]

    def __str__(self):
        return f"{self.per_week}"


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every order, a member only those of their own workshop."""
        return self if user.can(Permission.ORDER_LIST_ALL) else self.filter(member__user=user)

    def open(self):
        return self.filter(cancelled_on=None, finished_on=None)


class Order(models.Model):
    """What a partner ordered from a member, numbered without gaps within its year: PS-2026-0001."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="orders", verbose_name=_("buyer"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="orders", verbose_name=_("taken by"))
    ordered_on = models.DateField(_("ordered on"))
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
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


class SurplusQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every member reads the board: work that looks for hands is nobody's secret."""
        return self if user.can(Permission.SURPLUS_VIEW) else self.none()

    def open(self, *, as_of: datetime.date):
        return self.filter(withdrawn_on=None, closes_on__gte=as_of, line__order__cancelled_on=None)

    def counted(self):
        """Each with `taken` (claimed and not given back) and `rejected` (came back), in base units."""
        claims = Claim.objects.filter(surplus=OuterRef("pk"))
        rejects = Delivery.objects.filter(claim__surplus=OuterRef("pk"))
        return self.annotate(
            taken=_sum(claims, "surplus", F("quantity") - F("withdrawn")),
            rejected=_sum(rejects, "claim__surplus", F("rejected")),
        ).annotate(left=F("quantity") - F("taken") + F("rejected"))


def _sum(rows, group, expression):
    totals = rows.order_by().values(group).annotate(total=Sum(expression)).values("total")
    return Coalesce(Subquery(totals, output_field=models.DecimalField(max_digits=12, decimal_places=3)), NONE)


class Surplus(models.Model):
    """Work of an order that looks for other hands: how many, what the maker gets, until when."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="surpluses")
    quantity = measured(_("quantity"))
    maker_price = RupiahField(_("price to the maker"))
    material_included = models.BooleanField(_("material goes along"))
    posted_on = models.DateField(_("offered on"))
    closes_on = models.DateField(_("offer closes on"))
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = SurplusQuerySet.as_manager()

    class Meta:
        verbose_name = _("surplus work")
        constraints = [
            models.CheckConstraint(name="orders_surplus_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="orders_surplus_price_positive", condition=Q(maker_price__gt=0)),
            models.CheckConstraint(
                name="orders_surplus_dates_in_order",
                condition=Q(closes_on__gte=F("posted_on"), due_on__gte=F("closes_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on"], name="orders_surplus_open", condition=Q(withdrawn_on=None)),
        ]

    def __str__(self):
        return str(_("surplus of {line}")).format(line=self.line)

    def is_open(self, on: datetime.date) -> bool:
        """Whether parts of it may be taken on `on`, as long as something is left."""
        return self.withdrawn_on is None and self.closes_on >= on and self.line.order.is_open


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every handover; a member those where they make the work or hold the order."""
        if user.can(Permission.ORDER_LIST_ALL):
            return self
        return self.filter(Q(member__user=user) | Q(surplus__line__order__member__user=user))

    def counted(self):
        """Each with `sent`, `accepted` and `rejected` so far, and `to_send`, in base units."""
        deliveries = Delivery.objects.filter(claim=OuterRef("pk"))
        return self.annotate(
            sent=_sum(deliveries, "claim", F("delivered")),
            accepted=_sum(deliveries, "claim", F("accepted")),
            rejected=_sum(deliveries, "claim", F("rejected")),
        ).annotate(to_send=F("quantity") - F("withdrawn") - F("sent"))


class Claim(models.Model):
    """A member's part of surplus work: how much they took, and how much of it they gave back before sending."""

    surplus = models.ForeignKey(Surplus, on_delete=models.PROTECT, related_name="claims")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="claims", verbose_name=_("maker"))
    quantity = measured(_("quantity"))
    claimed_on = models.DateField(_("taken on"))
    warnings = models.JSONField(_("warnings the maker saw and took the work all the same"), default=list, blank=True)
    withdrawn = measured(_("given back"), default=0)
    withdrawn_on = models.DateField(_("given back on"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        constraints = [
            models.CheckConstraint(name="orders_claim_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="orders_claim_gives_back_what_it_took",
                condition=Q(withdrawn=0, withdrawn_on=None)
                | Q(withdrawn__gt=0, withdrawn__lte=F("quantity"), withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.surplus} → {self.member.name}"


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(claim__in=Claim.objects.visible_to(user))


class Delivery(models.Model):
    """Finished work on its way: the maker says sent, the other side says what was accepted and what was not."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deliveries")
    delivered = measured(_("sent"))
    delivered_on = models.DateField(_("sent on"))
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted = measured(_("accepted"), null=True, blank=True)
    rejected = measured(_("rejected"), null=True, blank=True)
    rejection_reason = models.CharField(_("what was wrong"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.CheckConstraint(name="orders_delivery_quantity_positive", condition=Q(delivered__gt=0)),
            models.CheckConstraint(
                name="orders_delivery_confirmed_whole",
                condition=Q(confirmed_on=None, confirmed_by=None, accepted=None, rejected=None, rejection_reason="")
                | Q(
                    confirmed_on__isnull=False,
                    confirmed_on__gte=F("delivered_on"),
                    confirmed_by__isnull=False,
                    accepted__isnull=False,
                    accepted__gte=0,
                    rejected__isnull=False,
                    rejected__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="orders_delivery_parts_add_up",
                condition=Q(accepted=None) | Q(delivered=F("accepted") + F("rejected")),
            ),
            models.CheckConstraint(
                name="orders_delivery_rejected_for_a_reason",
                condition=Q(rejected=None) | Q(rejected=0) | ~Q(rejection_reason=""),
            ),
            models.CheckConstraint(
                name="orders_delivery_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("delivered_by")),
                violation_error_message=_("Who sent the work cannot also confirm it."),
            ),
        ]
        verbose_name_plural = "deliveries"

    def __str__(self):
        return f"{self.claim}: {self.delivered}"

    @property
    def amount(self) -> int:
        """Rupiah for what was accepted, at the price agreed when the work was offered."""
        return settlement.amount(self.accepted or NONE, self.claim.surplus.maker_price)


class SettlementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class Settlement(models.Model):
    """The money for one confirmed delivery: accepted × price to the maker.

    `settled` is when it left the holder of the order (into the cooperative's cash, or straight to the maker);
    `paid` is when the maker had it (in cash, in savings, or by the maker's own word).
    """

    class Method(models.TextChoices):
        CASH = "cash", _("in cash through the cooperative")
        SAVINGS = "savings", _("into the maker's savings")
        DIRECT = "direct", _("paid directly")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="settlements")
    amount = RupiahField(_("amount"))
    method = models.CharField(_("way of paying"), max_length=10, choices=Method)
    settled_on = models.DateField(_("settled on"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payout_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("settlement")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"],
                name="orders_settlement_once",
                condition=Q(reversed_on=None),
                violation_error_message=_("This delivery is settled already."),
            ),
            models.CheckConstraint(name="orders_settlement_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_settlement_posted_unless_direct",
                condition=Q(method="direct", entry=None, payout_entry=None)
                | Q(method__in=["cash", "savings"], entry__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_settlement_paid_whole",
                condition=Q(paid_on=None, paid_by=None, payout_entry=None, savings=None)
                | (
                    Q(paid_on__isnull=False, paid_on__gte=F("settled_on"), paid_by__isnull=False)
                    & (
                        Q(method="direct", savings=None)
                        | Q(method="cash", payout_entry__isnull=False, savings=None)
                        | Q(method="savings", payout_entry__isnull=False, savings__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="orders_settlement_reversed_whole",
                condition=Q(reversed_on=None, reversed_by=None, reversal_reason="")
                | (Q(reversed_on__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.delivery.claim}: {self.amount}"
