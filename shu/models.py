"""The rules for distributing the surplus of a year, and every distribution."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from core.reversal import Reversible, reversed_by_others
from governance.models import Decision, VersionedRules
from governance.triggers import by_decision
from ledger.channels import PAYING, Channel, channel_field, one_of
from ledger.models import Entry, Receipt
from members.models import Member
from savings.models import Movement
from shu import triggers
from shu.allocation import WHOLE, Fund

PAID_BY = (*PAYING, Channel.SAVINGS, Channel.DEPARTURE)
"""Ways in which a member gets a share."""

IN_PERCENT = _("In percent, such as 25 or 12,5. All parts together make one hundred.")


def _part(fund):
    return RateField(fund.label, default=0, validators=[MaxValueValidator(WHOLE)], help_text=IN_PERCENT)


class ShuRules(VersionedRules):
    """The parts of the surplus, and what counts as a member's business with the cooperative (UU 25/1992 art. 45).

    Capital is a member's principal and mandatory savings, which are own capital by art. 41.
    """

    reserve = _part(Fund.RESERVE)
    capital = _part(Fund.CAPITAL)
    business = _part(Fund.BUSINESS)
    board = _part(Fund.BOARD)
    staff = _part(Fund.STAFF)
    education = _part(Fund.EDUCATION)
    social = _part(Fund.SOCIAL)
    counts_interest = models.BooleanField(_("loan interest paid counts as business"), default=True)
    counts_work = models.BooleanField(_("work handed over and settled counts as business"), default=True)

    class Meta(VersionedRules.Meta):
        verbose_name = _("SHU rules")
        constraints = [
            models.CheckConstraint(
                name="shu_shurules_make_100_percent",
                condition=Q(
                    reserve=WHOLE
                    - F("capital")
                    - F("business")
                    - F("board")
                    - F("staff")
                    - F("education")
                    - F("social")
                ),
                violation_error_message=_("All parts together must make exactly one hundred percent."),
            ),
            models.CheckConstraint(
                name="shu_shurules_business_is_something",
                condition=Q(counts_interest=True) | Q(counts_work=True) | Q(business=0),
                violation_error_message=_("Say what counts as business: loan interest, work handed over, or both."),
            ),
        ]

    @property
    def percentages(self) -> dict[Fund, int]:
        return {fund: getattr(self, fund) for fund in Fund}


class DistributionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every distribution, members those that the meeting decided or will decide."""
        return self if user.can(Permission.REPORT_VIEW) else self.standing()

    def decided(self):
        return self.filter(approved_on__isnull=False)

    def standing(self):
        """Proposed and not withdrawn: one a year."""
        return self.filter(withdrawn_on=None)


class Distribution(models.Model):
    """The distribution of one year's surplus, calculated from the closed books for the annual meeting.

    It is proposed with all its figures, and those never change. The meeting's decision makes it count: then it is
    posted, and the members' parts are owed to them (UU 25/1992 art. 23 and 45).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    rules = models.ForeignKey(ShuRules, on_delete=models.PROTECT, related_name="+", verbose_name=_("SHU rules"))
    result_usp = RupiahField(_("result of the savings-and-loan unit"))
    result_umum = RupiahField(_("result of the general unit"))
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    decided_in = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided in")
    )
    approved_on = models.DateField(_("booked on"), null=True, blank=True)
    approved_by = who(verbose_name=_("booked by"), null=True, blank=True)
    entry_usp = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry_umum = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution of the SHU")
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(withdrawn_on=None),
                name="shu_distribution_once_a_year",
                violation_error_message=_("The surplus of this year has already been distributed."),
            ),
            models.CheckConstraint(
                name="shu_distribution_of_a_surplus",
                condition=Q(result_usp__gt=-F("result_umum")),
                violation_error_message=_("A loss is not distributed."),
            ),
            models.CheckConstraint(
                name="shu_distribution_booked_whole",
                condition=Q(approved_on=None, approved_by=None, decided_in=None, entry_usp=None, entry_umum=None)
                | Q(
                    approved_on__gte=F("proposed_on"),
                    approved_by__isnull=False,
                    decided_in__isnull=False,
                    entry_usp__isnull=False,
                    withdrawn_on=None,
                ),
            ),
            models.CheckConstraint(
                name="shu_distribution_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                violation_error_message=_("The person who proposed the distribution cannot post it."),
            ),
        ]
        triggers = [
            triggers.FIGURES_STAY,
            triggers.NEVER_DELETED,
            by_decision(
                "decided_in",
                kind="shu",
                subject="shu.distribution",
                key="NEW.id",
                on="NEW.approved_on",
                table="shu_distribution",
            ),
        ]

    def __str__(self):
        return f"SHU {self.year}"

    @property
    def surplus(self) -> int:
        return self.result_usp + self.result_umum

    @property
    def is_booked(self) -> bool:
        return self.approved_on is not None


class FundPart(models.Model):
    """What one fund gets of a distribution, and the percentage."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, db_index=False, related_name="parts")
    fund = models.CharField(_("part"), max_length=10, choices=Fund)
    percentage = RateField(_("percentage"))
    amount = RupiahField(_("amount"))

    class Meta:
        verbose_name = _("part of the SHU")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["distribution", "fund"], name="shu_fundpart_once"),
            models.CheckConstraint(name="shu_fundpart_not_negative", condition=Q(amount__gte=0)),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.distribution}: {self.get_fund_display()}"


class ShareQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every share, a member their own of what was decided."""
        if user.can(Permission.REPORT_VIEW):
            return self
        return self.filter(member__user=user, distribution__approved_on__isnull=False)

    def unpaid(self):
        return self.filter(payment=None, distribution__approved_on__isnull=False)


class Share(models.Model):
    """One member's share of a distribution, with the savings and the business it was calculated from."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, db_index=False, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shu", verbose_name=_("member"))
    capital = RupiahField(_("savings"))
    business = RupiahField(_("business"))
    capital_part = RupiahField(_("part for savings"))
    business_part = RupiahField(_("part for business"))
    payment = models.OneToOneField(
        "SharePayment", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payment")
    )
    """The payment that stands; none before it is paid, and again none after that was reversed."""

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("member's part of the SHU")
        constraints = [
            models.UniqueConstraint(fields=["distribution", "member"], name="shu_share_once"),
            models.CheckConstraint(
                name="shu_share_is_something",
                condition=Q(capital_part__gte=0, business_part__gte=0)
                & (Q(capital_part__gt=0) | Q(business_part__gt=0)),
            ),
        ]
        triggers = [triggers.PART_STAYS, triggers.PAID_ONCE, triggers.NEVER_DELETED]

    def __str__(self):
        return f"{self.distribution}: {self.member}"

    @property
    def total(self) -> int:
        return self.capital_part + self.business_part


class SharePayment(Reversible):
    """How a member's share was paid: in cash or from the bank with a receipt, into savings, or set off on leaving."""

    done_on, done_by = "paid_on", "paid_by"

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="payments", verbose_name=_("share"))
    channel = channel_field(*PAID_BY)
    paid_on = models.DateField(_("paid on"))
    paid_by = who(verbose_name=_("paid by"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        verbose_name = _("payment of a share of the SHU")
        constraints = [
            one_of(*PAID_BY),
            models.UniqueConstraint(fields=["share"], condition=Q(reversed_on=None), name="shu_sharepayment_once"),
            models.CheckConstraint(
                name="shu_sharepayment_as_it_went",
                condition=Q(channel__in=PAYING, receipt__isnull=False, savings=None)
                | Q(channel=Channel.SAVINGS, receipt=None, savings__isnull=False)
                | Q(channel=Channel.DEPARTURE, receipt=None, savings=None),
            ),
            reversed_by_others(on="paid_on", by="paid_by"),
        ]
        triggers = [triggers.PAID_AS_RECORDED, triggers.NEVER_DELETED]

    def __str__(self):
        return str(self.share)
