"""Members who leave: who asked and agreed, what was set off, what is paid to whom and until when."""

import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import StoredFile
from core.permissions import Permission
from governance.models import Decision, VersionedRules
from governance.triggers import by_decision
from ledger.channels import PAYING, Channel, channel_field, one_of
from ledger.models import Entry, Receipt
from loans.models.triggers import changed, refused
from members.models import Member

DEPARTS_BY_OTHERS = refused(
    "departs_by_others",
    """EXISTS (
            SELECT FROM members_member
            WHERE id = NEW.member_id AND user_id IN (NEW.proposed_by_id, NEW.approved_by_id, NEW.paid_by_id)
        )""",
    constraint="departures_departure_four_eyes",
    message="nobody ends and pays a membership of their own",
)
PROPOSED = ("member_id", "kind", "reason", "decision_id", "heir_name", "heir_relation", "heir_paper_id", "died_on")
AGREED = ("principal", "mandatory", "voluntary", "shu", "owed", "claims", "set_off", "to_pay", "pay_by", "entry_id")
DEPARTURE_STAYS = refused(
    "departure_stays",
    f"""{changed(*PROPOSED, "requested_on", "proposed_by_id")}
        OR (OLD.approved_on IS NOT NULL AND {changed("approved_on", "approved_by_id", *AGREED)})
        OR OLD.dropped_on IS NOT NULL OR OLD.paid_on IS NOT NULL""",
    operation=pgtrigger.Update,
    constraint="departures_departure_stays",
    message="a departure is approved, dropped or paid, never rewritten",
)
"""What was proposed is what is approved, and what was approved is what is paid."""


class LeavingRules(VersionedRules):
    """How long the cooperative may take to pay what a former member has left, and when a death ends a membership."""

    class DeathCounts(models.TextChoices):
        """Articles of association say that membership ends by death, or from the day it is entered in the register."""

        DEATH = "death", _("on the day of death")
        AGREEMENT = "agreement", _("on the day it is approved and entered in the register")

    pay_within_months = models.PositiveSmallIntegerField(
        _("months until the savings are paid"), default=1, validators=[MaxValueValidator(24)]
    )

    death_counts = models.CharField(
        _("after a death the membership ends"), max_length=10, choices=DeathCounts, default=DeathCounts.DEATH
    )

    sets_off_claims = models.BooleanField(
        _("claims on written-off loans are set off"),
        default=True,
        help_text=_("The claim is not ended by the write-off; the savings pay it before they are paid out."),
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of leaving")
        constraints = [
            models.CheckConstraint(
                name="departures_leavingrules_death_counts_known", condition=Q(death_counts__in=["death", "agreement"])
            ),
            models.CheckConstraint(
                name="departures_leavingrules_in_range",
                condition=Q(pay_within_months__lte=24),
                violation_error_message=_("At most 24 months."),
            ),
        ]

    @classmethod
    def built_in(cls):
        """One month, as the articles of association of similar cooperatives say, and the day of death."""
        return cls()


class DepartureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every departure, a member their own."""
        return self if user.can(Permission.LOAN_LIST) else self.filter(member__user=user)

    def waiting(self):
        """Proposed, and neither approved nor dropped."""
        return self.filter(approved_on=None, dropped_on=None)

    def to_pay(self):
        """Agreed to, with money that is not paid yet."""
        return self.filter(approved_on__isnull=False, paid_on=None, to_pay__gt=0)

    def overdue(self, *, as_of):
        """Money that should have been paid by now, by the rules."""
        return self.to_pay().filter(pay_by__lt=as_of)


class Departure(models.Model):
    """One end of a membership: proposed by one officer, agreed to by another, paid by somebody who did not agree.

    The sums are those of the day on which it was agreed to: all savings, and the SHU not fetched yet, are either set
    off or to be paid, and what they do not cover stays a claim on the former member.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="departures", verbose_name=_("member"))
    kind = models.CharField(_("how the membership ends"), max_length=20, choices=Member.LeavingReason)
    reason = models.CharField(_("reason"), max_length=300)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided in")
    )
    heir_name = models.CharField(_("heir"), max_length=120, blank=True)
    heir_relation = models.CharField(_("relation"), max_length=60, blank=True)
    heir_paper = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paper of the heir"),
    )
    died_on = models.DateField(_("died on"), null=True, blank=True)
    requested_on = models.DateField(_("requested on"))
    proposed_by = who(verbose_name=_("proposed by"))
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    dropped_by = who(null=True, blank=True, verbose_name=_("dropped by"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = who(null=True, blank=True, verbose_name=_("approved by"))
    principal = RupiahField(_("principal savings"), default=0)
    mandatory = RupiahField(_("mandatory savings"), default=0)
    voluntary = RupiahField(_("voluntary savings"), default=0, help_text="with the interest until that day")
    shu = RupiahField(_("SHU not fetched yet"), default=0)
    owed = RupiahField(_("owed on loans"), default=0)
    claims = RupiahField(_("on written-off loans"), default=0)
    set_off = RupiahField(_("set off"), default=0)
    to_pay = RupiahField(_("to pay"), default=0)
    pay_by = models.DateField(_("to pay by"), null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = who(null=True, blank=True, verbose_name=_("paid by"))
    through = channel_field(*PAYING, verbose_name=_("paid"), default=Channel.CASH)
    payout_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(dropped_on=None), name="departures_departure_once_per_member"
            ),
            models.CheckConstraint(
                name="departures_departure_kind_known", condition=Q(kind__in=["own_request", "death", "dismissal"])
            ),
            models.CheckConstraint(
                name="departures_departure_has_a_reason", condition=~Q(reason="") | Q(kind__in=["own_request", "death"])
            ),
            models.CheckConstraint(
                name="departures_departure_dismissed_by_decision",
                condition=~Q(kind="dismissal") | Q(decision__isnull=False),
            ),
            models.CheckConstraint(
                name="departures_departure_heir_of_the_dead",
                condition=(
                    Q(kind="death", heir_paper__isnull=False, died_on__lte=F("requested_on"))
                    & ~Q(heir_name="")
                    & ~Q(heir_relation="")
                )
                | (~Q(kind="death") & Q(heir_name="", heir_relation="", heir_paper=None, died_on=None)),
            ),
            models.CheckConstraint(
                name="departures_departure_one_end",
                condition=Q(dropped_on=None, dropped_by=None)
                | Q(dropped_on__gte=F("requested_on"), dropped_by__isnull=False, approved_on=None),
            ),
            models.CheckConstraint(
                name="departures_departure_approved_by_somebody_else",
                condition=Q(approved_on=None, approved_by=None)
                | (Q(approved_on__gte=F("requested_on"), approved_by__isnull=False) & ~Q(approved_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="departures_departure_sums",
                condition=Q(
                    approved_on=None,
                    principal=0,
                    mandatory=0,
                    voluntary=0,
                    shu=0,
                    owed=0,
                    set_off=0,
                    to_pay=0,
                    pay_by=None,
                    entry=None,
                )
                | Q(
                    approved_on__isnull=False,
                    pay_by__gte=F("approved_on"),
                    principal__gte=0,
                    mandatory__gte=0,
                    voluntary__gte=0,
                    shu__gte=0,
                    set_off__gte=0,
                    set_off__lte=F("owed"),
                    to_pay=F("principal") + F("mandatory") + F("voluntary") + F("shu") - F("set_off"),
                    to_pay__gte=0,
                ),
            ),
            one_of(*PAYING, column="through"),
            models.CheckConstraint(
                name="departures_departure_claims_are_owed",
                condition=Q(claims__gte=0, claims__lte=F("owed")),
            ),
            models.CheckConstraint(
                name="departures_departure_debt_comes_first",
                condition=Q(to_pay=0) | Q(set_off=F("owed")),
            ),
            models.CheckConstraint(
                name="departures_departure_paid_by_somebody_else",
                condition=Q(paid_on=None, paid_by=None, payout_entry=None, receipt=None)
                | (
                    Q(
                        paid_on__gte=F("approved_on"),
                        paid_by__isnull=False,
                        payout_entry__isnull=False,
                        receipt__isnull=False,
                        to_pay__gt=0,
                    )
                    & ~Q(paid_by=F("approved_by"))
                ),
            ),
        ]
        triggers = [
            by_decision(
                "decision",
                kind="dismissal",
                subject="members.member",
                key="NEW.member_id",
                on="NEW.requested_on",
                table="departures_departure",
            ),
            DEPARTS_BY_OTHERS,
            DEPARTURE_STAYS,
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"

    @property
    def is_waiting(self) -> bool:
        """Proposed, and neither approved nor dropped."""
        return not self.approved_on and not self.dropped_on

    @property
    def is_to_pay(self) -> bool:
        """Approved, with money that is not paid yet."""
        return bool(self.approved_on and self.to_pay and not self.paid_on)

    @property
    def has(self) -> int:
        """What the member had with the cooperative: all savings and the SHU not fetched."""
        return self.principal + self.mandatory + self.voluntary + self.shu

    @property
    def still_owed(self) -> int:
        return self.owed - self.set_off

    @property
    def payee(self) -> str:
        """Who gets the money: the heir of somebody who died."""
        return self.heir_name or self.member.name
