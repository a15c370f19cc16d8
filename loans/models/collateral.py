"""Papers, things and savings that the borrower leaves with the cooperative as security for a loan."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import StoredFile
from core.permissions import Permission
from loans.models.triggers import by_somebody_else
from savings.models import Block

VALUED_BY_SOMEBODY_ELSE = by_somebody_else(
    "counted_by",
    "returned_by",
    name="valued_by_somebody_else",
    condition=pgtrigger.Q(new__counted_by__isnull=False) | pgtrigger.Q(new__returned_by__isnull=False),
    constraint="loans_collateral_four_eyes",
    message="nobody values or takes back their own collateral",
)


PLEDGE_STAYS = pgtrigger.ReadOnly(
    name="pledge_stays",
    fields=["loan", "kind", "description", "value_estimated", "paper", "block", "added_on", "added_by"],
)
"""What was pledged is not exchanged afterwards; other collateral is another row."""


class CollateralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers, supervisors and the borrower; a neighbour never sees what somebody pledged."""
        return self if user.can(Permission.LOAN_LIST) else self.filter(loan__member__user=user)

    def held(self):
        return self.filter(returned_on=None)


class Collateral(models.Model):
    """A thing pledged for one loan. The borrower says what it is worth, an officer how much of that counts."""

    class Kind(models.TextChoices):
        LAND = "land", _("land paper")
        VEHICLE = "vehicle", _("vehicle paper")
        MACHINE = "machine", _("machine")
        SAVINGS = "savings", _("savings (blocked)")
        STOCK = "stock", _("stock of goods")
        OTHER = "other", _("other")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="collaterals")
    kind = models.CharField(_("kind of collateral"), max_length=10, choices=Kind)
    description = models.CharField(_("description"), max_length=200)
    value_estimated = RupiahField(_("estimated value"))
    value_counted = RupiahField(_("counted value"), default=0, help_text="0 until an officer has seen it")
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo of it")
    )
    block = models.OneToOneField(
        Block, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="of savings, while held"
    )
    added_on = models.DateField(_("pledged on"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField(_("valued on"), null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CollateralQuerySet.as_manager()

    class Meta:
        verbose_name = _("collateral")
        constraints = [
            models.CheckConstraint(
                name="loans_collateral_counts_no_more_than_it_is_worth",
                condition=Q(value_estimated__gt=0, value_counted__gte=0, value_counted__lte=F("value_estimated")),
            ),
            models.CheckConstraint(
                name="loans_collateral_counted_by_whom",
                condition=Q(counted_on=None, counted_by=None, value_counted=0)
                | Q(counted_on__gte=F("added_on"), counted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="loans_collateral_savings_are_blocked",
                condition=(Q(kind="savings") & Q(block__isnull=False)) | (~Q(kind="savings") & Q(block=None)),
            ),
            models.CheckConstraint(
                name="loans_collateral_returned_by_whom",
                condition=Q(returned_on=None, returned_by=None)
                | Q(returned_on__gte=F("added_on"), returned_by__isnull=False),
            ),
        ]
        triggers = [PLEDGE_STAYS, VALUED_BY_SOMEBODY_ELSE]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.description}"
