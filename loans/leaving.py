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
from core.models import User
from core.money import format_rupiah
from core.permissions import Role
from loans import guarantees, history
from loans.models import Collateral, Departure, LeavingRules, Loan
from members.models import Member
from savings import queries as savings
from savings.models import WithdrawalRequest

DEFAULT_MONTHS = 1
"""Where the members have decided nothing yet: the articles of association of similar cooperatives say one month."""


class Obstacle(NamedTuple):
    """Something to be put in order first, and where."""

    text: str
    url: str = ""


class Due(NamedTuple):
    """What a room above owes a member: how much on a day, and how it is handed over to the settlement.

    Dotted paths of `(member, *, as_of) -> int` and `(member, *, on, by)`; the second moves it to account 2402.
    """

    owed: str
    hand_over: str


_rooms: list[str] = []
_dues: dict[str, Due] = {}


def register(path: str) -> None:
    """A room above says: ask the function at this dotted path, `(member, *, as_of) -> list[Obstacle]`."""
    if path not in _rooms:
        _rooms.append(path)


def register_due(name: str, due: Due) -> None:
    """A room above says what it owes to members, so that it is set off and paid with the rest."""
    _dues[name] = due


def shu_owed(member: Member, *, as_of: datetime.date) -> int:
    """What the rooms above owe `member`: the SHU that was decided and not fetched."""
    return sum(import_string(due.owed)(member, as_of=as_of) for due in _dues.values())


def hand_over_dues(member: Member, *, on: datetime.date, by: User) -> None:
    for due in _dues.values():
        import_string(due.hand_over)(member, on=on, by=by)


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
    for guarantee in guarantees.standing_for(member, as_of=as_of):
        text = _("stands for loan {number} of {name}; somebody else must stand in").format(
            number=guarantee.loan.number, name=guarantee.loan.member.name
        )
        found.append(Obstacle(text, reverse("loans:detail", args=[guarantee.loan_id])))
    for deposit in savings.running_term_deposits(member, as_of=as_of):
        text = _("a term deposit of {amount} runs; end it first").format(amount=format_rupiah(deposit.amount))
        found.append(Obstacle(text, passbook))
    if blocked := sum(
        block.amount for block in savings.blocks(member, as_of=as_of).exclude(pk__in=own_security(member))
    ):
        text = _("{amount} of the savings are blocked; release them first").format(amount=format_rupiah(blocked))
        found.append(Obstacle(text, passbook))
    if WithdrawalRequest.objects.filter(member=member).unanswered(as_of=as_of).exists():
        found.append(Obstacle(_("a withdrawal request is open; answer it first"), passbook))
    return found


def own_security(member: Member):
    """The blocks on savings that back the member's own loans: they are set off with the rest, nobody releases them."""
    return Collateral.objects.held().filter(loan__member=member, block__isnull=False).values("block")


def ends_on(departure: Departure, *, on: datetime.date) -> datetime.date:
    """The last day of a membership that is agreed to on `on`: after a death as the rules of that day say."""
    rules = rules_of(on)
    if departure.died_on and (rules is None or rules.death_counts == LeavingRules.DeathCounts.DEATH):
        return departure.died_on
    return on


def counts_until(member: Member, *, as_of: datetime.date) -> datetime.date:
    """Until when dues and the like are asked for: the day of death where that is written down, else `as_of`."""
    departure = Departure.objects.waiting().filter(member=member).first()
    return ends_on(departure, on=as_of) if departure else as_of


@dataclass(frozen=True)
class Outlook:
    """What would happen if the member left on a day."""

    principal: int
    mandatory: int
    voluntary: int
    shu: int
    owed: int
    pay_by: datetime.date
    interest: int = 0
    """until that day, after tax; part of the voluntary savings then"""

    @property
    def has(self) -> int:
        return self.principal + self.mandatory + self.voluntary + self.shu

    @property
    def set_off(self) -> int:
        return min(self.has, self.owed)

    @property
    def to_pay(self) -> int:
        return self.has - self.set_off

    @property
    def still_owed(self) -> int:
        return self.owed - self.set_off


def outlook(member: Member, *, on: datetime.date) -> Outlook:
    """Savings with their interest, what closes the running loans on `on`, and until when the rest would be paid."""
    held = savings.balances(member, as_of=on)
    interest = sum(
        amount - savings.tax_on_top(member, amount, on=day)
        for day, amount in savings.missing_interest(member, until=on)
    )
    running = Loan.objects.filter(member=member).running(as_of=on).select_related("rules__product", "member")
    return Outlook(
        held.principal,
        held.mandatory,
        held.voluntary + interest,
        shu_owed(member, as_of=on),
        owed=sum(history.to_close(loan, on=on).total for loan in running),
        pay_by=pay_by(on),
        interest=interest,
    )


def pay_by(on: datetime.date) -> datetime.date:
    """The last day on which what remains is paid, by the rules in force on the day of leaving."""
    rules = rules_of(on)
    return dates.add_months(on, rules.pay_within_months if rules else DEFAULT_MONTHS)


def rules_of(on: datetime.date) -> LeavingRules | None:
    return LeavingRules.objects.filter(in_force_from__lte=on).order_by("-in_force_from").first()
