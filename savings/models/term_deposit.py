"""Term deposits: savings for an agreed time at an agreed rate."""

import datetime

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from members.models import Member
from savings import interest
from savings.interest import DayCount
from savings.models.interest import SavingsReturnRules


class TermSavingsRules(SavingsReturnRules):
    """The return on a term of so many months. A deposit keeps the version it was opened or renewed under."""

    class Paid(models.TextChoices):
        MONTHLY = "monthly", _("every month, into the voluntary savings")
        MATURITY = "maturity", _("at the end of the term")

    class EarlyBreak(models.TextChoices):
        FORFEIT = "forfeit", _("interest not yet paid is lost")
        PENALTY = "penalty", _("interest until that day, less a penalty")

    DAY_COUNTS = [(each.value, each.label) for each in (DayCount.TWELFTHS, DayCount.ACTUAL_365)]

    in_force_from = models.DateField(_("in force from"))
    months = models.PositiveSmallIntegerField(
        _("term in months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    rate_bp = RateField(_("interest on term savings per year"), default=0)
    least_amount = RupiahField(_("least term deposit"), default=0)
    day_count = models.CharField(_("day count"), max_length=15, choices=DAY_COUNTS, default=DayCount.TWELFTHS)
    paid = models.CharField(_("interest is paid"), max_length=10, choices=Paid, default=Paid.MATURITY)
    early_break = models.CharField(
        _("when broken early"), max_length=10, choices=EarlyBreak, default=EarlyBreak.FORFEIT
    )
    penalty_bp = RateField(
        _("penalty for breaking early"), default=0, help_text=_("Percent of the deposit, if there is a penalty.")
    )

    class Meta(SavingsReturnRules.Meta):
        verbose_name = _("rules of term savings")
        constraints = [
            models.UniqueConstraint(fields=["months", "in_force_from"], name="savings_termsavingsrules_one_per_day"),
            models.CheckConstraint(
                name="savings_termsavingsrules_months_in_range",
                condition=Q(months__range=(1, 120)),
                violation_error_message=_("A term has 1 to 120 months."),
            ),
            models.CheckConstraint(
                name="savings_termsavingsrules_penalty_a_part",
                condition=Q(penalty_bp__lte=10_000, least_amount__gte=0),
                violation_error_message=_("A penalty is between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                name="savings_termsavingsrules_choices_known",
                condition=Q(
                    day_count__in=["twelfths", "actual/365"],
                    paid__in=["monthly", "maturity"],
                    early_break__in=["forfeit", "penalty"],
                ),
            ),
        ]


class TermDepositQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every deposit, a member only their own."""
        return self if user.can(Permission.SAVINGS_LIST) else self.filter(member__user=user)

    def running(self, *, as_of: datetime.date):
        """Opened by `as_of` and not ended then."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=as_of), opened_on__lte=as_of)

    def to_mature(self, *, as_of: datetime.date):
        """Matured by `as_of` and not ended yet."""
        return self.filter(closed_on=None, matures_on__lte=as_of)


class TermDeposit(models.Model):
    """One term of a member's term savings, with its certificate. A renewal is a new term that names the old one."""

    class Renewal(models.TextChoices):
        PAY_OUT = "pay_out", _("into the voluntary savings")
        RENEW = "renew", _("renew; the interest into the voluntary savings")
        RENEW_ALL = "renew_all", _("renew together with the interest")

    class Ending(models.TextChoices):
        MATURED = "matured", _("paid out at the end of the term")
        RENEWED = "renewed", _("renewed")
        BROKEN = "broken", _("broken early")
        UNDONE = "undone", _("opened by mistake and undone")

    number = models.CharField(_("certificate number"), max_length=20, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="term_deposits", verbose_name=_("member"))
    rules = models.ForeignKey(TermSavingsRules, on_delete=models.PROTECT, related_name="+", verbose_name=_("rules"))
    amount = RupiahField(_("amount"))
    opened_on = models.DateField(_("opened on"))
    matures_on = models.DateField(_("ends on"))
    opened_by = who(verbose_name=_("opened by"))
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_as", verbose_name=_("renews")
    )
    renewal = models.CharField(_("at the end of the term"), max_length=10, choices=Renewal, default=Renewal.PAY_OUT)
    closed_on = models.DateField(_("ended on"), null=True, blank=True)
    closed_by = who(null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    penalty = RupiahField(_("penalty"), default=0)

    objects = TermDepositQuerySet.as_manager()

    class Meta:
        verbose_name = _("term deposit")
        indexes = [
            models.Index(fields=["matures_on"], condition=Q(closed_on=None), name="savings_termdeposit_to_mature")
        ]
        constraints = [
            models.CheckConstraint(name="savings_termdeposit_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="savings_termdeposit_ends_after_it_opened", condition=Q(matures_on__gt=F("opened_on"))
            ),
            models.CheckConstraint(
                name="savings_termdeposit_renewal_known", condition=Q(renewal__in=["pay_out", "renew", "renew_all"])
            ),
            models.CheckConstraint(
                name="savings_termdeposit_ended_when_how_and_by_whom",
                condition=Q(closed_on=None, closed_by=None, ending="", penalty=0)
                | Q(
                    closed_on__gte=F("opened_on"),
                    closed_by__isnull=False,
                    ending__in=["matured", "renewed", "broken", "undone"],
                    penalty__gte=0,
                    penalty__lt=F("amount"),
                ),
            ),
            models.CheckConstraint(
                name="savings_termdeposit_runs_to_its_end_unless_broken",
                condition=~Q(ending__in=["matured", "renewed"]) | Q(closed_on__gte=F("matures_on")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="terms_stay",
                fields=["number", "member", "rules", "amount", "opened_on", "matures_on", "opened_by", "renews"],
            ),
            pgtrigger.Protect(
                name="ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_on__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return self.number

    def earned(self, *, until: datetime.date) -> int:
        """The interest from the opening until a day, within the term."""
        return interest.of_term(
            self.amount,
            rate_bp=self.rules.rate_bp,
            opened_on=self.opened_on,
            until=min(max(until, self.opened_on), self.matures_on),
            day_count=self.rules.day_count,
        )
