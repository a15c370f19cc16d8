"""Who may let money go alone, and the payments that wait for a second approval."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import RupiahField, who
from core.models import StoredFile
from core.money import format_rupiah
from governance.models import Decision, RulesPart, VersionedRules
from governance.triggers import by_decision
from ledger.channels import Channel
from ledger.models import Entry


class PaymentKind(models.TextChoices):
    """What a payment is for, as the rules tell them apart. The room that knows answers the hook `payments.<kind>`."""

    VOUCHER = "voucher", pgettext_lazy("payment", "voucher")
    JOURNAL = "journal", pgettext_lazy("payment", "journal entry by hand")
    VISIT = "visit", pgettext_lazy("payment", "visit")
    AID = "aid", pgettext_lazy("payment", "aid to a business")
    PROGRAMME = "programme", pgettext_lazy("payment", "programme expense")
    SUPPLIER = "supplier", pgettext_lazy("payment", "supplier of a joint purchase")
    WITHDRAWAL = "withdrawal", pgettext_lazy("payment", "withdrawal of savings")
    DEPOSIT = "deposit", pgettext_lazy("payment", "deposit into savings")
    TRANSFER = "transfer", pgettext_lazy("payment", "transfer between accounts")
    SETTLEMENT = "settlement", pgettext_lazy("payment", "pay for handed-over work")
    ADVANCE = "advance", pgettext_lazy("payment", "advance on handed-over work")
    PROCEEDS = "proceeds", pgettext_lazy("payment", "a member's part of a sale")
    BUYER = "buyer", pgettext_lazy("payment", "money back to a buyer")
    SHU = "shu", pgettext_lazy("payment", "SHU of a member")
    DIFFERENCE = "difference", pgettext_lazy("payment", "cash difference at a meeting")


class SpendingRules(VersionedRules):
    """What one officer may pay out alone, by dated rows that the members or the board decide."""

    alone_up_to = RupiahField(
        _("one officer pays alone up to"),
        default=1_000_000,
        help_text=_("Above it another officer confirms before the money leaves."),
    )
    decision_above = RupiahField(
        _("a decision is needed above"), null=True, blank=True, help_text=_("Empty where none is needed.")
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("spending rules")
        constraints = [
            models.CheckConstraint(
                name="treasury_spendingrules_in_order",
                condition=Q(decision_above=None) | Q(decision_above__gte=F("alone_up_to")),
                violation_error_message=_("The sum that needs a decision cannot be below the sum one officer pays."),
            ),
            models.CheckConstraint(name="treasury_spendingrules_not_negative", condition=Q(alone_up_to__gte=0)),
        ]


class SpendingLimit(RulesPart):
    """Another limit for one kind of payment, for one channel, or for both together. The closest fit counts."""

    rules = models.ForeignKey(SpendingRules, on_delete=models.PROTECT, related_name="limits")
    kind = models.CharField(_("payment"), max_length=12, choices=PaymentKind, blank=True)
    channel = models.CharField(pgettext_lazy("channel", "way of paying"), max_length=10, choices=Channel, blank=True)
    alone_up_to = RupiahField(_("one officer pays alone up to"))
    decision_above = RupiahField(_("a decision is needed above"), null=True, blank=True)

    class Meta(RulesPart.Meta):
        verbose_name = _("spending limit")
        constraints = [
            models.UniqueConstraint(fields=["rules", "kind", "channel"], name="treasury_spendinglimit_once"),
            models.CheckConstraint(
                name="treasury_spendinglimit_in_order",
                condition=Q(alone_up_to__gte=0) & (Q(decision_above=None) | Q(decision_above__gte=F("alone_up_to"))),
            ),
            models.CheckConstraint(name="treasury_spendinglimit_of_something", condition=~Q(kind="", channel="")),
        ]

    def __str__(self):
        of = " · ".join(filter(None, (self.get_kind_display(), self.get_channel_display())))
        return f"{of}: {format_rupiah(self.alone_up_to)}"


class PaymentRequestQuerySet(models.QuerySet):
    def waiting(self):
        """Neither confirmed nor declined nor withdrawn."""
        return self.filter(answer="")


class PaymentRequest(models.Model):
    """A payment above what one officer may pay alone. It waits with its paper until another officer answers."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("payment", "confirmed and paid")
        DECLINED = "declined", pgettext_lazy("payment", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("payment", "withdrawn")

    kind = models.CharField(_("payment"), max_length=12, choices=PaymentKind)
    payee = models.CharField(_("with whom"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=200)
    amount = RupiahField(_("amount"))
    channel = models.CharField(pgettext_lazy("channel", "way of paying"), max_length=10, choices=Channel)
    about = models.CharField(max_length=40, blank=True)
    """What it pays, where that is paid once: the primary key in the room of `kind`. It waits once at most."""
    parties = ArrayField(models.BigIntegerField(), default=list)
    """Logins of those who get the money or stand on a side of it: none of them confirms it."""
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bill or receipt")
    )
    on = models.DateField(_("date of the payment"))
    requested_on = models.DateField(_("asked for on"))
    requested_by = who(verbose_name=_("asked for by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = who(null=True, blank=True, verbose_name=_("answered by"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="payment_request", verbose_name=_("entry")
    )

    objects = PaymentRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment request")
        indexes = [models.Index(fields=["requested_on"], condition=Q(answer=""), name="treasury_request_waiting")]
        constraints = [
            models.CheckConstraint(name="treasury_paymentrequest_amount_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(answer="") & ~Q(about=""),
                name="treasury_paymentrequest_waits_once",
                violation_error_message=_("This payment waits for a second approval already."),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_not_by_a_party",
                condition=~Q(answer="confirmed", parties__contains=[F("answered_by")]),
                violation_error_message=_("Whoever gets the money does not confirm it."),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_answered_whole",
                condition=Q(answer="", answered_on=None, answered_by=None, reason="", decision=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_booked_when_confirmed",
                condition=Q(entry=None) | Q(answer="confirmed"),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_second_yes",
                condition=~Q(answer__in=["confirmed", "declined"], answered_by=F("requested_by")),
                violation_error_message=_("Whoever asks for a payment does not confirm it."),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_withdrawn_by_asker",
                condition=~Q(answer="withdrawn") | Q(answered_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="treasury_paymentrequest_declined_with_reason",
                condition=~Q(answer="declined", reason=""),
            ),
        ]
        triggers = [
            by_decision(
                "decision",
                kind="spending",
                subject="treasury.paymentrequest",
                key="NEW.id",
                on="NEW.answered_on",
                table="treasury_paymentrequest",
            ),
            pgtrigger.ReadOnly(
                name="keeps_what_was_asked",
                exclude=["answer", "answered_on", "answered_by", "reason", "decision", "entry"],
            ),
            pgtrigger.Trigger(
                name="answered_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__answer__gt=""),
                func="RAISE EXCEPTION 'a payment request is answered once' USING ERRCODE = 'check_violation', "
                "CONSTRAINT = 'treasury_paymentrequest_answered_once';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.payee}, {self.purpose}"
