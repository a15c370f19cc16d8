"""What a workshop can carry: how much a week, its closed days, and its own estimate of the work in a piece."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import format_quantity
from core.permissions import Permission
from members.models import Business, Member
from pricing.models import Item
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


class WorkEstimate(models.Model):
    """The minutes of every step in one piece, as the workshop itself reckons.

    It counts only while the item is not measured for everybody, and only for this workshop.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="work_estimates")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    cutting = models.PositiveSmallIntegerField(_("minutes of cutting"), default=0)
    sewing = models.PositiveSmallIntegerField(_("minutes of sewing"), default=0)
    lasting = models.PositiveSmallIntegerField(_("minutes of lasting"), default=0)
    finishing = models.PositiveSmallIntegerField(_("minutes of finishing"), default=0)
    told_on = models.DateField(_("on"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("own estimate")
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="orders_workestimate_one_an_item"),
            models.CheckConstraint(
                name="orders_workestimate_says_something",
                condition=Q(cutting__gt=0) | Q(sewing__gt=0) | Q(lasting__gt=0) | Q(finishing__gt=0),
                violation_error_message=_("Write the minutes of at least one step."),
            ),
        ]

    def __str__(self):
        return f"{self.item}"

    @property
    def minutes(self) -> dict[str, int]:
        return {step: getattr(self, step) for step in STEPS}
