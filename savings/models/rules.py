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
        _("principal savings"), help_text=_("Paid once on joining; the same for every member.")
    )
    mandatory_amount = RupiahField(_("mandatory savings per month"), help_text=_("Owed every month by every member."))
    mandatory_due_day = models.PositiveSmallIntegerField(
        _("mandatory savings due on day"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("The day of the month on which an unpaid month becomes due."),
    )
    minimum_voluntary_balance = RupiahField(
        _("least voluntary balance"), default=0, help_text=_("The balance that a withdrawal must leave.")
    )

    approval_above = RupiahField(
        _("withdrawals the chair approves, above"),
        null=True,
        blank=True,
        help_text=_(
            "The sum paid out in cash or by bank to one member on one day. "
            "Leave empty if the treasurer may pay any sum."
        ),
    )
    request_days = models.PositiveSmallIntegerField(
        _("days a withdrawal request stays valid"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Counted from the day the money is wanted."),
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
                name="savings_savingsrules_approval_above_nothing_or_more",
                condition=Q(approval_above=None) | Q(approval_above__gte=0),
            ),
            models.CheckConstraint(
                name="savings_savingsrules_request_days_in_range",
                condition=Q(request_days__range=(1, 90)),
                violation_error_message=_("A withdrawal request stays valid for 1 to 90 days."),
            ),
            models.CheckConstraint(
                name="savings_savingsrules_due_day_in_every_month",
                condition=Q(mandatory_due_day__range=(1, 28)),
                violation_error_message=_("Choose a day from 1 to 28: every month has it."),
            ),
        ]
