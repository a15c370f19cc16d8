"""Every deposit and withdrawal that was booked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import APPEND_ONLY
from core.money import format_rupiah
from core.permissions import Permission
from ledger.models import Entry, Receipt
from members.models import Member
from savings.triggers import WITHDRAWAL_LEAVES_BLOCKS


class MovementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see everybody's savings, a member only their own."""
        return self if user.can(Permission.SAVINGS_LIST) else self.filter(member__user=user)

    def with_running_balance(self):
        """Oldest first, each with `balance`: what its kind held after it."""
        running = models.Window(models.Sum("signed"), partition_by=["member", "kind"], order_by=["on", "pk"])
        return self.signed().annotate(balance=running).order_by("on", "pk")

    def signed(self):
        """Each with `signed`: what it adds to its kind, negative where it takes away."""
        added = models.When(direction=Movement.Direction.DEPOSIT, then="amount")
        return self.annotate(signed=models.Case(added, default=-models.F("amount")))


class Movement(models.Model):
    """One deposit into or withdrawal from a member's savings, as booked in the entry beside it.

    Never changed: a wrong one is reversed by another that points at it. Balances are asked of the ledger.
    """

    class Kind(models.TextChoices):
        PRINCIPAL = "principal", _("principal savings")
        MANDATORY = "mandatory", _("mandatory savings")
        VOLUNTARY = "voluntary", _("voluntary savings")
        TERM = "term", _("term savings")

    class Direction(models.TextChoices):
        DEPOSIT = "deposit", _("deposit")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    class Purpose(models.TextChoices):
        SAVING = "saving", _("saving")
        INTEREST = "interest", _("interest on savings")
        TAX = "tax", _("tax on interest")
        PENALTY = "penalty", _("penalty for breaking early")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, related_name="movements", verbose_name=_("member")
    )
    kind = models.CharField(_("kind of savings"), max_length=10, choices=Kind)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, default=Purpose.SAVING)
    amount = RupiahField(_("amount"))
    on = models.DateField(_("date"))
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("journal entry"))
    receipt = models.ForeignKey(
        Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("receipt")
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )

    is_carried = models.BooleanField(_("carried over from the previous books"), default=False)
    term = models.ForeignKey(
        "savings.TermDeposit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name=_("term deposit"),
    )

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("savings movement")
        indexes = [
            models.Index(fields=["member", "on"], name="savings_movement_passbook"),
            models.Index(fields=["member"], condition=Q(is_carried=True), name="savings_movement_carried"),
            models.Index(fields=["on"], condition=Q(purpose__in=["interest", "tax"]), name="savings_movement_interest"),
        ]
        constraints = [
            models.CheckConstraint(name="savings_movement_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="savings_movement_kind_known",
                condition=Q(kind__in=["principal", "mandatory", "voluntary", "term"]),
            ),
            models.CheckConstraint(
                name="savings_movement_purpose_known", condition=Q(purpose__in=["saving", "interest", "tax", "penalty"])
            ),
            models.CheckConstraint(
                name="savings_movement_term_names_its_deposit", condition=~Q(kind="term") | Q(term__isnull=False)
            ),
            models.CheckConstraint(
                name="savings_movement_direction_known", condition=Q(direction__in=["deposit", "withdrawal"])
            ),
        ]
        triggers = [*APPEND_ONLY, WITHDRAWAL_LEAVES_BLOCKS]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_direction_display()} {format_rupiah(self.amount)}"

    @property
    def what(self) -> str:
        """The text in the passbook: the kind of savings, or interest, tax and penalty by name."""
        if self.purpose == self.Purpose.SAVING:
            return self.get_kind_display()
        return self.get_purpose_display()

    @property
    def is_interest(self) -> bool:
        return self.purpose == self.Purpose.INTEREST

    @property
    def is_by_hand(self) -> bool:
        """Whether an officer booked it at the counter; only such a movement is reversed on its own."""
        return self.purpose == self.Purpose.SAVING and self.term_id is None and not self.is_last

    @property
    def is_first(self) -> bool:
        """Part of the first savings, with which membership began; never reversed."""
        return self.entry.reference.endswith(":joined")

    @property
    def is_last(self) -> bool:
        """Part of the closing of the passbook at the end of the membership."""
        return self.entry.reference.endswith(":closed")

    def is_reversible_by(self, user) -> bool:
        """Whether `user` may reverse it: there is a receipt, another person booked it, and it is not reversed yet."""
        return (
            self.receipt_id is not None
            and self.is_by_hand
            and not (self.is_first or self.reverses_id or hasattr(self, "reversed_by"))
            and self.entry.posted_by_id != user.pk
        )

    @property
    def is_deposit(self) -> bool:
        return self.direction == self.Direction.DEPOSIT
