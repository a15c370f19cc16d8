"""What members pay at a meeting: the rules of the sheet, what each handed over, and the count that closes it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.arithmetic.collection import DUES, LOANS, MANDATORY
from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.money import format_rupiah
from core.reversal import Reversible, reversed_by_others
from governance.models import Meeting, VersionedRules
from ledger.channels import RECEIVING, Channel, channel_field, one_of
from ledger.models import Entry, Receipt, Unit
from members.models import Member
from savings.models import Movement


class CollectionRules(VersionedRules):
    """In which order the money that a member hands over at a meeting pays what is owed; what becomes of the rest."""

    class Purpose(models.TextChoices):
        LOANS = LOANS, _("instalments with penalties")
        MANDATORY = MANDATORY, _("mandatory savings")
        DUES = DUES, _("dues, whole months")

    class Rest(models.TextChoices):
        SAVED = "saved", _("becomes voluntary savings")
        RETURNED = "returned", _("is given back")

    first = models.CharField(_("paid first"), max_length=10, choices=Purpose, default=Purpose.LOANS)
    second = models.CharField(_("paid second"), max_length=10, choices=Purpose, default=Purpose.MANDATORY)
    third = models.CharField(_("paid third"), max_length=10, choices=Purpose, default=Purpose.DUES)
    rest = models.CharField(_("what is left over"), max_length=10, choices=Rest, default=Rest.SAVED)
    difference_unit = models.CharField(
        _("books that carry a cash difference"), max_length=10, choices=Unit, default=Unit.USP
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("collection rules")
        constraints = [
            models.CheckConstraint(
                name="activities_collectionrules_each_once",
                condition=Q(first__in=[LOANS, MANDATORY, DUES], second__in=[LOANS, MANDATORY, DUES])
                & Q(third__in=[LOANS, MANDATORY, DUES])
                & ~Q(first=F("second"))
                & ~Q(first=F("third"))
                & ~Q(second=F("third")),
                violation_error_message=_("Name each of the three once."),
            ),
            models.CheckConstraint(
                name="activities_collectionrules_known",
                condition=Q(rest__in=["saved", "returned"], difference_unit__in=Unit.values),
            ),
        ]

    @classmethod
    def built_in(cls) -> "CollectionRules":
        """Debts first, then what is saved, then dues; the rest is saved."""
        return cls()

    @property
    def order(self) -> tuple[str, str, str]:
        return self.first, self.second, self.third

    @property
    def keeps_rest(self) -> bool:
        return self.rest == self.Rest.SAVED


OPEN_SHEET = pgtrigger.Trigger(
    name="open_sheet",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
    IF EXISTS (SELECT FROM activities_collectioncount WHERE meeting_id = NEW.meeting_id)
        OR EXISTS (
            SELECT FROM treasury_paymentrequest
            WHERE kind = 'difference' AND about = NEW.meeting_id::text AND answer = ''
        )
    THEN
        RAISE EXCEPTION 'the sheet of this meeting is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'activities_collection_open';
    END IF;
    RETURN NEW;
""",
)
"""Nothing is added to a sheet whose money was counted, also while the difference waits for a second approval."""


class Collection(Reversible):
    """What one member handed over at a meeting, on one receipt with all its parts. A wrong one is reversed whole."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="collections")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="collections", verbose_name=_("member"))
    amount = RupiahField(_("amount"))
    channel = channel_field(*RECEIVING, Channel.SAVINGS)
    on = models.DateField(_("received on"))
    by = who()
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="collection")
    bridge = models.OneToOneField(
        Entry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="hands dues over to the general unit, where the money did not arrive in its own cash",
    )
    withdrawal = models.OneToOneField(
        Movement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="what mandatory savings took from voluntary savings; dues and instalments have their own",
    )

    class Meta(Reversible.Meta):
        verbose_name = pgettext_lazy("money", "collection")
        constraints = [
            reversed_by_others(),
            one_of(*RECEIVING, Channel.SAVINGS),
            models.UniqueConstraint(
                fields=["meeting", "member"], condition=Q(reversed_on=None), name="activities_collection_one_a_member"
            ),
            models.CheckConstraint(name="activities_collection_amount_positive", condition=Q(amount__gt=0)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                fields=["meeting", "member", "amount", "channel", "on", "by", "receipt", "bridge", "withdrawal"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
            OPEN_SHEET,
        ]

    def __str__(self):
        return f"{self.member}: {format_rupiah(self.amount)}"


class CollectionCount(models.Model):
    """The cash of a meeting counted by denomination. It closes the sheet; a difference is booked with its reason."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="collection_count")
    pieces = models.JSONField(_("notes and coins"), help_text="{denomination in rupiah: how many}")
    expected = RupiahField(_("received in cash"))
    counted = RupiahField(_("counted"))
    difference = models.BigIntegerField(_("difference"), help_text="counted less expected")
    reason = models.CharField(_("reason for the difference"), max_length=200, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = who(verbose_name=_("counted by"))
    witness = models.CharField(_("witness"), max_length=120)

    class Meta:
        verbose_name = _("count of a meeting's cash")
        constraints = [
            models.CheckConstraint(
                name="activities_collectioncount_adds_up",
                condition=Q(expected__gte=0, counted__gte=0) & Q(difference=F("counted") - F("expected")),
            ),
            models.CheckConstraint(
                name="activities_collectioncount_difference_booked",
                condition=Q(difference=0, entry=None) | (~Q(difference=0) & Q(entry__isnull=False) & ~Q(reason="")),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.meeting}: {format_rupiah(self.counted)}"
