"""Tools, promotion and capital for a member's business."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.common import KEPT, WAYS, PaidOut
from core.fields import RupiahField
from core.models import APPEND_ONLY
from core.permissions import Permission
from core.reversal import ReversibleQuerySet, reversed_by_others
from members.models import Member


class AidQuerySet(ReversibleQuerySet):
    def visible_to(self, user):
        """Officers see all aid, a member what was given to them."""
        return self if user.can(Permission.AID_LIST) else self.filter(member__user=user)


class Aid(PaidOut):
    """Tools, promotion or capital given to a member's business; lent tools come back."""

    class Kind(models.TextChoices):
        TOOLS = "tools", _("tools")
        PROMOTION = "promotion", _("promotion")
        CAPITAL = "capital", _("capital")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="aid", verbose_name=_("member"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    what = models.CharField(_("what was given"), max_length=200)
    worth = RupiahField(_("worth"), help_text=_("What it is worth in rupiah, or the money itself."))
    is_money = models.BooleanField(_("given in money"), default=False)
    on = models.DateField(_("given on"))
    due_back_on = models.DateField(_("lent until"), null=True, blank=True)
    returned_on = models.DateField(_("came back on"), null=True, blank=True)

    objects = AidQuerySet.as_manager()

    class Meta(PaidOut.Meta):
        verbose_name = _("aid to a business")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(name="activities_aid_worth_positive", condition=Q(worth__gt=0)),
            models.CheckConstraint(
                name="activities_aid_kind_known", condition=Q(kind__in=["tools", "promotion", "capital"])
            ),
            models.CheckConstraint(
                name="activities_aid_money_is_booked",
                condition=Q(is_money=False, entry=None, receipt=None, channel="")
                | Q(is_money=True, entry__isnull=False, receipt__isnull=False, channel__in=WAYS, due_back_on=None),
            ),
            models.CheckConstraint(
                name="activities_aid_comes_back_after_it_was_lent",
                condition=(Q(due_back_on=None) & Q(returned_on=None))
                | (
                    Q(due_back_on__isnull=False, due_back_on__gt=F("on"))
                    & (Q(returned_on=None) | Q(returned_on__gte=F("on")))
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                fields=["member", "kind", "what", "worth", "is_money", "on", "due_back_on", *KEPT],
            ),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{self.member.name}: {self.what}"
