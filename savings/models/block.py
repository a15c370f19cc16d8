"""Blocked savings, such as the part of the voluntary savings that secures a loan."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import APPEND_ONLY
from core.money import format_rupiah
from core.permissions import Permission
from members.models import Member
from savings.triggers import BLOCK_IS_COVERED, RELEASED_BY_SOMEBODY_ELSE


class BlockQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see everybody's, a member only their own."""
        return self if user.can(Permission.SAVINGS_LIST) else self.filter(member__user=user)

    def standing(self, *, as_of):
        """The blocks in effect on `as_of`; a block no longer counts on the day of its release."""
        return self.filter(Q(released_on=None) | Q(released_on__gt=as_of), blocked_on__lte=as_of)


class Block(models.Model):
    """Part of a member's voluntary savings that cannot be withdrawn.

    Only the release is ever added.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="blocks", verbose_name=_("member"))
    amount = RupiahField(_("amount"))
    reason = models.CharField(_("reason"), max_length=150)
    is_by_hand = models.BooleanField(
        _("by hand"), default=False, help_text="made by an officer; the others end with the loan that they secure"
    )
    blocked_on = models.DateField(_("blocked on"))
    blocked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(_("released on"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block on savings")
        constraints = [
            models.CheckConstraint(name="savings_block_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="savings_block_released_when_and_by_whom",
                condition=Q(released_on=None, released_by=None)
                | Q(released_on__gte=F("blocked_on"), released_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts", fields=["member", "amount", "reason", "is_by_hand", "blocked_on", "blocked_by"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
            BLOCK_IS_COVERED,
            RELEASED_BY_SOMEBODY_ELSE,
        ]

    def __str__(self):
        return f"{format_rupiah(self.amount)}: {self.reason}"
