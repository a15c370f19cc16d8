"""A workshop that asks for work."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.permissions import Permission
from members.models import Member


class FreeHandsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever shares work out must see it: it is said to all who read the board."""
        return self if user.can(Permission.OFFER_VIEW) else self.none()

    def open(self, *, as_of: datetime.date):
        return self.filter(ended_on=None, told_on__lte=as_of, until_on__gte=as_of)


class FreeHands(models.Model):
    """ "I need work": a workshop says that its hands are free, until when, and for how much. One at a time counts."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="free_hands", verbose_name=_("workshop"))
    pieces = models.PositiveIntegerField(_("about so many pairs or pieces"), null=True, blank=True)
    until_on = models.DateField(_("free until"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    told_on = models.DateField(_("told on"))
    told_by = who()
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = FreeHandsQuerySet.as_manager()

    class Meta:
        verbose_name = _("free hands")
        verbose_name_plural = "free hands"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="orders_freehands_one_at_a_time", condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="orders_freehands_days_in_order",
                condition=Q(until_on__gte=F("told_on")) & (Q(ended_on=None) | Q(ended_on__gte=F("told_on"))),
            ),
            models.CheckConstraint(name="orders_freehands_some", condition=Q(pieces=None) | Q(pieces__gt=0)),
        ]

    def __str__(self):
        return self.member.name
