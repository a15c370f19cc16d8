"""What the members decided about saving, as dated rules."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from governance.models import VersionedRules


class SavingsRules(VersionedRules):
    """What the members decided about saving.

    Principal and mandatory savings are own capital (UU 25/1992 art. 41) and stay until a member leaves.
    """

    principal_amount = RupiahField(
        _("principal savings"), help_text=_("Paid once on entering; the same for every member.")
    )
    mandatory_amount = RupiahField(_("mandatory savings per month"), help_text=_("Owed every month by every member."))
    mandatory_due_day = models.PositiveSmallIntegerField(
        _("mandatory savings due on day"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("The day of the month from which an unpaid month counts as owed."),
    )
    minimum_voluntary_balance = RupiahField(
        _("least voluntary balance"), default=0, help_text=_("What a withdrawal must leave in the passbook.")
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("savings rules")
        constraints = [
            models.CheckConstraint(
                name="savings_savingsrules_amounts_positive",
                condition=Q(principal_amount__gt=0, mandatory_amount__gt=0, minimum_voluntary_balance__gte=0),
                violation_error_message=_("Principal and mandatory savings must be more than zero."),
            ),
            models.CheckConstraint(
                name="savings_savingsrules_due_day_in_every_month",
                condition=Q(mandatory_due_day__range=(1, 28)),
                violation_error_message=_("Choose a day from 1 to 28: every month has it."),
            ),
        ]
