"""What loans the cooperative gives, and on which terms from which day on (decision 6)."""

from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.fields import RateField, RupiahField
from core.money import format_percent, format_rupiah
from governance.models import RulesPart, VersionedRules
from governance.triggers import within_the_law
from loans.arithmetic.allocation import Across, Order
from loans.arithmetic.daycount import DayCount, Period
from loans.arithmetic.overpayment import OverPayment
from loans.arithmetic.payoff import EarlyPayoff, PayoffTerms
from loans.arithmetic.penalty import PenaltyBase, PenaltyPer, PenaltyTerms
from loans.arithmetic.rounding import MultipleRounding, Rounding, rounded
from loans.arithmetic.schedule import Method, RatePer, Terms

RATE_WITHIN_THE_LAW = within_the_law(
    "NEW.rate_bp * CASE NEW.rate_per WHEN 'month' THEN 12 ELSE 1 END > {ceiling}",
    ceiling="loan_rate_bp",
    default=2400,
    on="NEW.in_force_from",
    name="loans_loanrules_rate_within_the_law",
    message="a loan costs more than the law allows",
)


def _known(field, choices):
    return models.CheckConstraint(
        name=f"loans_loanrules_{field}_known", condition=Q(**{f"{field}__in": choices.values})
    )


class LoanProduct(models.Model):
    """A kind of loan the cooperative gives: for material, for tools, for a household need. Its terms are LoanRules."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("loan product")

    def __str__(self):
        return self.name


class LoanRules(VersionedRules):
    """The terms of a product from a day on. A loan keeps the version under which it was applied for."""

    in_force_from = models.DateField(_("in force from"))
    product = models.ForeignKey(
        LoanProduct, on_delete=models.PROTECT, related_name="rules", verbose_name=_("loan product")
    )

    method = models.CharField(_("method"), max_length=10, choices=Method)
    rate_bp = RateField(_("rate"))
    rate_per = models.CharField(_("rate per"), max_length=5, choices=RatePer, default=RatePer.MONTH)
    period = models.CharField(_("instalment every"), max_length=5, choices=Period, default=Period.MONTH)
    every = models.PositiveSmallIntegerField(_("number of periods"), default=1, validators=[MinValueValidator(1)])
    least_instalments = models.PositiveSmallIntegerField(_("least instalments"), default=1)
    most_instalments = models.PositiveSmallIntegerField(
        _("most instalments"), validators=[MinValueValidator(1), MaxValueValidator(360)]
    )
    principal_grace = models.PositiveSmallIntegerField(_("first instalments without principal"), default=0)
    day_count = models.CharField(_("day count"), max_length=13, choices=DayCount, default=DayCount.THIRTY_360)
    rounding = models.CharField(_("rounding"), max_length=9, choices=Rounding, default=Rounding.HALF_UP)
    round_to = RupiahField(_("round to"), default=1)
    instalment_multiple = RupiahField(_("instalment is a multiple of"), null=True, blank=True)
    instalment_rounding = models.CharField(
        _("rounding of the instalment"), max_length=7, choices=MultipleRounding, default=MultipleRounding.NEAREST
    )

    least_amount = RupiahField(_("least amount"), default=1)
    most_amount = RupiahField(_("most amount"))
    savings_multiple = models.DecimalField(
        _("at most times the savings"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    membership_months = models.PositiveSmallIntegerField(_("months of membership"), default=0)
    attendance_bp = RateField(_("attendance at the meetings at least"), default=0)
    attendance_months = models.PositiveSmallIntegerField(_("attendance counted over months"), default=12)
    no_open_case = models.BooleanField(_("no open case"), default=True)
    purposes = models.TextField(
        _("what it may be used for"), blank=True, help_text=_("One purpose a line. Empty: any purpose.")
    )
    mandatory_savings_paid = models.BooleanField(_("mandatory savings must be paid up"), default=True)
    no_arrears = models.BooleanField(_("no arrears on another loan"), default=True)
    most_running_loans = models.PositiveSmallIntegerField(_("most loans at a time"), default=1)

    guarantors_needed = models.PositiveSmallIntegerField(_("guarantors needed"), default=0)
    guarantee_multiple = models.DecimalField(
        _("a guarantor may guarantee at most times own savings"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    second_approval_above = RupiahField(_("two officers above"), null=True, blank=True)

    administration_fee = RupiahField(_("administration fee"), default=0)
    provision_bp = RateField(_("provision fee"), default=0)
    instalment_fee = RupiahField(_("administration fee per instalment"), default=0)

    penalty_rate_bp = RateField(_("penalty rate"), default=0)
    penalty_per = models.CharField(_("penalty per"), max_length=5, choices=PenaltyPer, default=PenaltyPer.DAY)
    penalty_base = models.CharField(_("penalty on"), max_length=10, choices=PenaltyBase, default=PenaltyBase.INSTALMENT)
    penalty_grace_days = models.PositiveSmallIntegerField(_("days without penalty"), default=0)
    penalty_counts_due_day = models.BooleanField(_("the due day counts as late"), default=False)
    penalty_cap_bp = RateField(_("penalty at most, of the instalment"), null=True, blank=True)
    allocation_order = models.CharField(
        _("order of payment"), max_length=26, choices=Order, default=Order.PENALTY_INTEREST_PRINCIPAL
    )
    allocation_across = models.CharField(_("payment settles"), max_length=10, choices=Across, default=Across.INSTALMENT)
    over_payment = models.CharField(
        _("what is paid beyond what is due"), max_length=10, choices=OverPayment, default=OverPayment.NEXT
    )
    early_payoff = models.CharField(
        _("interest when paid off early"), max_length=10, choices=EarlyPayoff, default=EarlyPayoff.ALL
    )
    early_payoff_extra = models.PositiveSmallIntegerField(
        _("further instalments of interest when paid off early"),
        default=0,
        help_text=_("What the cooperative keeps for the interest it loses; 0 where nothing."),
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("loan rules")
        constraints = [
            models.UniqueConstraint(fields=["product", "in_force_from"], name="loans_loanrules_one_per_day"),
            models.CheckConstraint(
                name="loans_loanrules_instalments_in_range",
                condition=Q(least_instalments__gte=1)
                & Q(most_instalments__gte=F("least_instalments"))
                & Q(principal_grace__lt=F("least_instalments")),
                violation_error_message=_(
                    "The most instalments are not fewer than the least, and grace leaves at least one instalment."
                ),
            ),
            models.CheckConstraint(
                name="loans_loanrules_amounts_in_range",
                condition=Q(least_amount__gt=0) & Q(most_amount__gte=F("least_amount")),
                violation_error_message=_("The most amount is not less than the least."),
            ),
            models.CheckConstraint(
                name="loans_loanrules_units_positive",
                condition=Q(every__gte=1, round_to__gte=1)
                & (Q(instalment_multiple=None) | Q(instalment_multiple__gte=1)),
            ),
            models.CheckConstraint(name="loans_loanrules_one_running_loan", condition=Q(most_running_loans__gte=1)),
            models.CheckConstraint(
                name="loans_loanrules_fees_below_principal",
                condition=Q(least_amount__gt=F("administration_fee") * 2) & Q(provision_bp__lt=5000),
                violation_error_message=_("Fees must leave something to pay out."),
            ),
            models.CheckConstraint(
                name="loans_loanrules_daily_counts_days",
                condition=~Q(method="daily") | ~Q(day_count="30/360"),
                violation_error_message=_("The daily method counts the days of the calendar. Choose such a day count."),
            ),
            models.CheckConstraint(
                name="loans_loanrules_attendance_a_part",
                condition=Q(attendance_bp__lte=10_000, attendance_months__gte=1),
                violation_error_message=_("The attendance is 100 percent at most, over one month at least."),
            ),
            _known("over_payment", OverPayment),
            _known("early_payoff", EarlyPayoff),
            _known("method", Method),
            _known("rate_per", RatePer),
            _known("period", Period),
            _known("day_count", DayCount),
            _known("rounding", Rounding),
            _known("instalment_rounding", MultipleRounding),
            _known("penalty_per", PenaltyPer),
            _known("penalty_base", PenaltyBase),
            _known("allocation_order", Order),
            _known("allocation_across", Across),
        ]
        triggers = [*VersionedRules.Meta.triggers, RATE_WITHIN_THE_LAW]

    def terms(self, *, principal: int, instalments: int) -> Terms:
        """These rules applied to one loan, for `loans.arithmetic.schedule`."""
        return Terms(
            principal=principal,
            instalments=instalments,
            rate=Fraction(self.rate_bp, 10_000),
            **{
                name: getattr(self, name)
                for name in (
                    "method",
                    "rate_per",
                    "every",
                    "period",
                    "day_count",
                    "rounding",
                    "round_to",
                    "instalment_multiple",
                    "instalment_rounding",
                    "principal_grace",
                    "instalment_fee",
                )
            },
        )

    @property
    def rate_per_year_bp(self) -> int:
        return self.rate_bp * (12 if self.rate_per == RatePer.MONTH else 1)

    def beyond_the_law(self, law):
        if self.rate_per_year_bp <= law.loan_rate_bp:
            return None
        return "rate_bp", _("A loan costs {percent} a year at most ({article}). This rate is {rate} a year.").format(
            percent=format_percent(law.loan_rate_bp),
            article=law.loan_rate_article,
            rate=format_percent(self.rate_per_year_bp),
        )

    @property
    def payoff_terms(self) -> PayoffTerms:
        return PayoffTerms(
            rule=self.early_payoff, extra=self.early_payoff_extra, rounding=self.rounding, round_to=self.round_to
        )

    @property
    def penalty_terms(self) -> PenaltyTerms:
        return PenaltyTerms(
            rate=Fraction(self.penalty_rate_bp, 10_000),
            per=self.penalty_per,
            grace_days=self.penalty_grace_days,
            cap=None if self.penalty_cap_bp is None else Fraction(self.penalty_cap_bp, 10_000),
            counts_due_day=self.penalty_counts_due_day,
            rounding=self.rounding,
            round_to=self.round_to,
        )

    @property
    def rate(self) -> str:
        """`1,5 %`, for the screen."""
        return format_percent(self.rate_bp)

    @property
    def allowed_purposes(self) -> list[str]:
        """What the loan may be used for; nothing where it may be anything."""
        return [line.strip() for line in self.purposes.splitlines() if line.strip()]

    @property
    def savings_times(self) -> str:
        return f"{self.savings_multiple.normalize():f}".replace(".", ",")

    @property
    def provision_rate(self) -> str:
        return format_percent(self.provision_bp)

    @property
    def attendance(self) -> str:
        return format_percent(self.attendance_bp)

    @property
    def penalty_rate(self) -> str:
        return format_percent(self.penalty_rate_bp)

    def provision(self, principal: int) -> int:
        """The provision fee on `principal`, kept back at disbursement."""
        return rounded(principal * self.provision_bp, 10_000, self.rounding, self.round_to)

    def approvals_needed(self, principal: int) -> int:
        return 2 if self.second_approval_above is not None and principal > self.second_approval_above else 1


class LoanTier(RulesPart):
    """How much a member may borrow who has been one for so many months and saved so much: a part of some rules.

    Of the tiers that a member reaches, the highest amount counts. It comes beside the other limits, not instead.
    """

    rules = models.ForeignKey(LoanRules, on_delete=models.PROTECT, related_name="tiers", verbose_name=_("loan rules"))
    from_months = models.PositiveSmallIntegerField(_("from months of membership"), default=0)
    from_savings = RupiahField(_("from savings"), default=0)
    most_amount = RupiahField(_("most amount"))

    class Meta(RulesPart.Meta):
        verbose_name = _("member tier")
        ordering = ["most_amount", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "from_months", "from_savings"], name="loans_loantier_once"),
            models.CheckConstraint(
                name="loans_loantier_amount_positive",
                condition=Q(most_amount__gt=0, from_savings__gte=0),
                violation_error_message=_("The most amount of a tier is more than zero."),
            ),
        ]

    def __str__(self):
        conditions = []
        if self.from_months:
            conditions.append(
                ngettext(
                    "from {count} month of membership", "from {count} months of membership", self.from_months
                ).format(count=self.from_months)
            )
        if self.from_savings:
            conditions.append(_("from {amount} saved").format(amount=format_rupiah(self.from_savings)))
        reach = ", ".join(conditions) or str(_("every member"))
        return f"{reach}: {format_rupiah(self.most_amount)}"
