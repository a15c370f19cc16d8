"""What stands in the way of leaving, and what happens when somebody leaves.

Imports only go down: the rooms above say in their AppConfig what they know of (open orders, dues, lent material).
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import dates
from core.money import format_rupiah
from core.permissions import Role
from loans import history, queries
from loans.models import LeavingRules, Loan
from members.models import Member
from savings import queries as savings
from savings.models import WithdrawalRequest

DEFAULT_MONTHS = 1
"""Where the members have decided nothing yet: the articles of association of similar cooperatives say one month."""


class Obstacle(NamedTuple):
    """Something to be put in order first, and where."""

    text: str
    url: str = ""


_rooms: list[str] = []


def register(path: str) -> None:
    """A room above says: ask the function at this dotted path, `(member, *, as_of) -> list[Obstacle]`."""
    if path not in _rooms:
        _rooms.append(path)


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    """Everything that has to be put in order before `member` can leave."""
    found = _here(member, as_of)
    for path in _rooms:
        found += import_string(path)(member, as_of=as_of)
    return found


def _here(member: Member, as_of: datetime.date) -> list[Obstacle]:
    found = []
    passbook = reverse("savings:passbook", args=[member.pk])
    if member.user and member.user.role != Role.MEMBER:
        found.append(Obstacle(_("holds an office; end the term first"), reverse("governance:offices")))
    for loan in Loan.objects.filter(member=member, disbursed_on=None).open().order_by("pk"):
        text = _("loan application {number} is open; take it back first").format(number=loan.number)
        found.append(Obstacle(text, reverse("loans:detail", args=[loan.pk])))
    for guarantee in queries.standing_for(member, as_of=as_of):
        text = _("stands for loan {number} of {name}; somebody else must stand in").format(
            number=guarantee.loan.number, name=guarantee.loan.member.name
        )
        found.append(Obstacle(text, reverse("loans:detail", args=[guarantee.loan_id])))
    for deposit in savings.running_terms(member, as_of=as_of):
        text = _("a term deposit of {amount} runs; end it first").format(amount=format_rupiah(deposit.amount))
        found.append(Obstacle(text, passbook))
    if blocked := savings.blocked(member, as_of=as_of):
        text = _("{amount} of the savings are blocked; release them first").format(amount=format_rupiah(blocked))
        found.append(Obstacle(text, passbook))
    if WithdrawalRequest.objects.filter(member=member).unanswered(as_of=as_of).exists():
        found.append(Obstacle(_("a withdrawal request is open; answer it first"), passbook))
    return found


@dataclass(frozen=True)
class Outlook:
    """What would happen if the member left on a day."""

    principal: int
    mandatory: int
    voluntary: int
    owed: int
    pay_by: datetime.date

    @property
    def savings(self) -> int:
        return self.principal + self.mandatory + self.voluntary

    @property
    def set_off(self) -> int:
        return min(self.savings, self.owed)

    @property
    def to_pay(self) -> int:
        return self.savings - self.set_off

    @property
    def still_owed(self) -> int:
        return self.owed - self.set_off

    @property
    def taken(self) -> list[tuple[str, int]]:
        """What is set off, from the savings that are most the member's own to those that are least."""
        left, parts = self.set_off, []
        for kind in ("voluntary", "mandatory", "principal"):
            part = min(left, getattr(self, kind))
            left -= part
            parts.append((kind, part))
        return parts


def outlook(member: Member, *, on: datetime.date) -> Outlook:
    """Savings, what closes the running loans on `on`, and until when the rest would be paid."""
    held = savings.balances(member, as_of=on)
    running = Loan.objects.filter(member=member).running(as_of=on).select_related("rules__product", "member")
    owed = sum(history.to_close(loan, on=on).total for loan in running)
    return Outlook(held.principal, held.mandatory, held.voluntary, owed, pay_by(on))


def pay_by(on: datetime.date) -> datetime.date:
    """The last day on which what remains is paid, by the rules in force on the day of leaving."""
    rules = LeavingRules.objects.filter(in_force_from__lte=on).order_by("-in_force_from").first()
    return dates.add_months(on, rules.pay_within_months if rules else DEFAULT_MONTHS)
