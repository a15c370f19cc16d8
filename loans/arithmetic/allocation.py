"""Which part of a debt a payment settles: pure, and never a rupiah lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.db import models
from django.utils.translation import gettext_lazy as _


class Order(models.TextChoices):
    """What is paid first within an instalment. By law interest comes before principal (KUHPerdata 1397);

    that penalties come first of all is custom, so the order is a rule of the cooperative.
    """

    PENALTY_INTEREST_PRINCIPAL = "penalty,interest,principal", _("penalty, interest, principal")
    INTEREST_PENALTY_PRINCIPAL = "interest,penalty,principal", _("interest, penalty, principal")
    INTEREST_PRINCIPAL_PENALTY = "interest,principal,penalty", _("interest, principal, penalty")
    PRINCIPAL_INTEREST_PENALTY = "principal,interest,penalty", _("principal, interest, penalty")


class Across(models.TextChoices):
    """Whether one instalment is settled completely before the next, or one kind of debt before the next."""

    INSTALMENT = "instalment", _("one instalment after the other")
    KIND = "kind", _("one kind of debt after the other")


@dataclass(frozen=True, slots=True)
class Owed:
    """What is unpaid of one instalment."""

    key: object
    penalty: int
    interest: int
    principal: int
    fee: int = 0
    """the administration of the instalment: it comes just before its interest, whatever the order"""

    @property
    def total(self) -> int:
        return self.penalty + self.interest + self.principal + self.fee


@dataclass(slots=True)
class Part:
    """What a payment gives to one instalment."""

    key: object
    penalty: int = 0
    interest: int = 0
    principal: int = 0
    fee: int = 0

    @property
    def total(self) -> int:
        return self.penalty + self.interest + self.principal + self.fee


def allocate(
    amount: int,
    owed: Sequence[Owed],
    *,
    order: str = Order.PENALTY_INTEREST_PRINCIPAL,
    across: str = Across.INSTALMENT,
) -> tuple[list[Part], int]:
    """The parts a payment of `amount` settles, oldest instalment first, and what is left of it.

    `owed` comes in the order of the due dates. Parts that received nothing are left out.
    """
    kinds = order.replace("interest", "fee,interest").split(",")
    parts = [Part(debt.key) for debt in owed]
    steps = product(range(len(owed)), kinds)
    if across == Across.KIND:
        steps = ((index, kind) for kind in kinds for index in range(len(owed)))
    for index, kind in steps:
        if not amount:
            break
        paid = min(amount, getattr(owed[index], kind))
        setattr(parts[index], kind, paid)
        amount -= paid
    return [part for part in parts if part.total], amount
