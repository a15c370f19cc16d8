"""What came into and went out of a member's workshop."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import measured
from core.models import APPEND_ONLY
from core.money import format_quantity
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock import triggers


class StockMovementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every workshop's stock, a member only their own."""
        return self if user.can(Permission.STOCK_LIST_ALL) else self.filter(member__user=user)


class StockMovement(models.Model):
    """One line of a workshop's stock: so much of an item more (above zero) or less (below), and why.

    What a neighbour hands over is two lines that mirror each other: the taker's names the giver's as `counterpart`.
    Never changed: a mistake is put right by counting. What somebody holds is asked, never stored.
    """

    class Kind(models.TextChoices):
        BOUGHT = "bought", _("bought")
        MADE = "made", _("made")
        USED = "used", _("used")
        SOLD = "sold", _("sold")
        COUNTED = "counted", _("difference found by counting")
        LENT = "lent", _("lent")
        BORROWED = "borrowed", _("borrowed")
        RETURNED = "returned", _("given back")
        CAME_BACK = "came_back", _("came back")
        GIVEN = "given", _("handed over with work")
        RECEIVED = "received", _("received")
        TAKEN_BACK = "taken_back", _("joint purchase reversed")

    OUTGOING = [Kind.USED, Kind.SOLD, Kind.LENT, Kind.RETURNED, Kind.GIVEN, Kind.TAKEN_BACK]
    MIRRORS = {Kind.LENT: Kind.BORROWED, Kind.RETURNED: Kind.CAME_BACK, Kind.GIVEN: Kind.RECEIVED}
    """What the giver writes, and what the taker writes at the same moment."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, related_name="stock", verbose_name=_("holder")
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name=_("item"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    quantity = measured(_("quantity"))
    on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=120, blank=True)
    counterpart = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="mirror", verbose_name=_("other side")
    )

    objects = StockMovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock movement")
        indexes = [
            models.Index(fields=["member", "item", "on"], include=["quantity"], name="stock_movement_holding"),
            models.Index(fields=["item", "member", "on"], include=["quantity"], name="stock_movement_holders"),
        ]
        constraints = [
            models.CheckConstraint(
                name="stock_movement_sign_of_its_kind",
                condition=Q(kind__in=["bought", "made", "borrowed", "came_back", "received"], quantity__gt=0)
                | Q(kind__in=["used", "sold", "lent", "returned", "given", "taken_back"], quantity__lt=0)
                | (Q(kind="counted") & ~Q(quantity=0)),
            ),
            models.CheckConstraint(
                name="stock_movement_taken_from_somebody",
                condition=Q(kind__in=["borrowed", "came_back", "received"], counterpart__isnull=False)
                | (~Q(kind__in=["borrowed", "came_back", "received"]) & Q(counterpart=None)),
            ),
        ]
        triggers = [
            *APPEND_ONLY,
            pgtrigger.Trigger(
                name="never_negative",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__quantity__lt=0),
                declare=[("lowest", "numeric")],
                func=triggers.NEVER_NEGATIVE,
            ),
            pgtrigger.Trigger(
                name="mirrors_its_counterpart",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__counterpart__isnull=False),
                func=triggers.MIRRORS,
            ),
            pgtrigger.Trigger(
                name="handed_to_somebody",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__kind__in=["lent", "returned", "given"]),
                func=triggers.HANDED_TO_SOMEBODY,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {format_quantity(abs(self.quantity))} {self.item}"

    @classmethod
    def own_kinds(cls, item: Item) -> list[str]:
        """What a workshop records alone: material is bought, used and sold, goods are made, bought and sold."""
        if item.kind == Item.Kind.MATERIAL:
            return [cls.Kind.USED, cls.Kind.BOUGHT, cls.Kind.SOLD]
        return [cls.Kind.MADE, cls.Kind.SOLD, cls.Kind.BOUGHT]
