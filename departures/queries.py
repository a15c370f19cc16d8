"""What stands in the way of leaving the cooperative, and what happens when somebody leaves."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import queries as activities
from core.dates import add_months
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission, Role
from departures.models import Departure, LeavingRules
from ledger import chart
from ledger.channels import Channel
from ledger.models import Unit
from ledger.queries import member_balance
from loans import queries as loans
from loans.models import Collateral, Loan
from members.models import Member
from orders import queries as orders
from orders.models import Claim, Delivery, Order, Settlement
from sales import queries as sales
from sales.models import Invoice
from savings import queries as savings
from savings.models import WithdrawalRequest
from shu import queries as shu
from stock.models import StockLoan


class Obstacle(NamedTuple):
    """Something to be put in order first, and where."""

    text: str
    url: str = ""


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    """Everything that has to be settled before `member` can leave."""
    return [
        *_office(member),
        *_loans(member, as_of),
        *_savings(member, as_of),
        *_orders(member, as_of),
        *_dues(member, as_of),
        *_stock(member, as_of),
    ]


def _office(member: Member) -> list[Obstacle]:
    if not member.user or member.user.role == Role.MEMBER:
        return []
    return [Obstacle(_("holds an office; end the term first"), reverse("governance:offices"))]


def _loans(member: Member, as_of: datetime.date) -> list[Obstacle]:
    found = []
    for loan in Loan.objects.filter(member=member, disbursed_on=None).open().order_by("pk"):
        text = _("loan application {number} is open; withdraw it first").format(number=loan.number)
        found.append(Obstacle(text, reverse("loans:detail", args=[loan.pk])))
    for guarantee in loans.standing_for(member, as_of=as_of):
        text = _("guarantees loan {number} of {name}; somebody else must take over").format(
            number=guarantee.loan.number, name=guarantee.loan.member.name
        )
        found.append(Obstacle(text, reverse("loans:detail", args=[guarantee.loan_id])))
    return found


def _savings(member: Member, as_of: datetime.date) -> list[Obstacle]:
    found = []
    passbook = reverse("savings:passbook", args=[member.pk])
    for deposit in savings.running_term_deposits(member, as_of=as_of):
        text = _("a term deposit of {amount} runs; end it first").format(amount=format_rupiah(deposit.amount))
        found.append(Obstacle(text, passbook))
    others = savings.blocks(member, as_of=as_of).exclude(pk__in=own_security(member))
    if blocked := sum(block.amount for block in others):
        text = _("{amount} of the savings are blocked; release them first").format(amount=format_rupiah(blocked))
        found.append(Obstacle(text, passbook))
    if WithdrawalRequest.objects.filter(member=member).unanswered(as_of=as_of).exists():
        found.append(Obstacle(_("a withdrawal request is open; answer it first"), passbook))
    return found


def _orders(member: Member, as_of: datetime.date) -> list[Obstacle]:
    """Open orders, work that was taken and not sent, deliveries nobody counted, and money that waits or is owed."""
    found = [
        Obstacle(
            _("order {number} is open; finish or cancel it first").format(number=order.number),
            reverse("orders:detail", args=[order.pk]),
        )
        for order in Order.objects.filter(member=member).open().order_by("pk")
    ]
    of_member = Q(member=member) | Q(offer__line__order__member=member)
    sending = Claim.objects.exclude(withdrawn=F("quantity")).counted().filter(of_member, to_send__gt=0)
    through = Q(claim__member=member) | Q(claim__offer__line__order__member=member)
    uncounted = Delivery.objects.filter(through, confirmed_on=None)
    unsettled = orders.to_settle(Delivery.objects.filter(through))
    unpaid = Settlement.objects.filter(
        Q(delivery__claim__member=member), reversed_on=None, paid_on=None, method=Channel.CASH
    )
    for text, claims in (
        (_("work between hands is not sent yet"), sending.values_list("pk", flat=True)),
        (_("a delivery is not counted yet"), uncounted.values_list("claim", flat=True)),
        (_("accepted work is not paid yet"), unsettled.values_list("claim", flat=True)),
        (_("money for handed-over work waits to be fetched"), unpaid.values_list("delivery__claim", flat=True)),
    ):
        found += [Obstacle(text, reverse("orders:claim", args=[pk])) for pk in sorted(set(claims))]
    sold = sales.proceeds(Invoice.objects.filter(order__member=member), as_of=as_of)
    found += [
        Obstacle(
            _("money for goods that the cooperative sold is open ({number})").format(number=invoice.number),
            reverse("orders:detail", args=[invoice.order_id]),
        )
        for invoice in sold
    ]
    return found


def _dues(member: Member, as_of: datetime.date) -> list[Obstacle]:
    owed = _dues_owed(member, as_of)
    if not owed:
        return []
    text = _("{amount} of dues are owed; receive them first").format(amount=format_rupiah(owed))
    return [Obstacle(text, reverse("activities:dues-of", args=[member.pk]))]


def _dues_owed(member: Member, as_of: datetime.date) -> int:
    """What is unpaid on `as_of` of the months that were due while the member lived."""
    found = activities.open_dues(member, as_of=as_of)
    until = counts_until(member, as_of=as_of)
    if found is None or until == as_of:
        return found.owed if found else 0
    before = activities.open_dues(member, as_of=until)
    due = before.months[: before.due_months] if before else ()
    return sum(amount for month, amount in zip(found.months, found.amounts, strict=True) if month in due)


def _stock(member: Member, as_of: datetime.date) -> list[Obstacle]:
    of_member = Q(lender=member) | Q(borrower=member)
    found = [
        Obstacle(
            _("{item} is lent and not all back; give it back or pay it first").format(item=loan.item),
            reverse("stock:loan", args=[loan.pk]),
        )
        for loan in StockLoan.objects.filter(of_member).running(as_of=as_of).select_related("item").order_by("pk")
    ]
    if owed := sum(member_balance(member, unit, chart.MEMBER_RECEIVABLES, as_of=as_of) for unit in Unit):
        text = _("{amount} is owed for a joint purchase or as tax; receive it first").format(amount=format_rupiah(owed))
        found.append(Obstacle(text, reverse("stock:purchases")))
    return found


def actions(departure: Departure, user: User, *, is_held_up: bool) -> list[str]:
    """What `user` may do next with a departure: approve, pay, drop; `is_held_up` while an obstacle is left."""
    is_own = departure.member.user_id == user.pk
    may_approve = user.can(Permission.DEPARTURE_APPROVE) and departure.proposed_by_id != user.pk and not is_held_up
    may_pay = user.can(Permission.DEPARTURE_PAY) and departure.approved_by_id != user.pk
    found = {
        "approve": departure.is_waiting and may_approve,
        "pay": departure.is_to_pay and may_pay,
        "drop": departure.is_waiting and user.can(Permission.DEPARTURE_PROPOSE),
    }
    return [name for name, may in found.items() if may and not is_own]


def own_security(member: Member):
    """The blocks on savings that back the member's own loans: they are set off with the rest, nobody releases them."""
    return Collateral.objects.held().filter(loan__member=member, block__isnull=False).values("block")


def ends_on(departure: Departure, *, on: datetime.date) -> datetime.date:
    """The last day of a membership that is agreed to on `on`: after a death as the rules of that day say."""
    rules = LeavingRules.objects.current(on)
    counts_from_death = rules.death_counts == LeavingRules.DeathCounts.DEATH
    return departure.died_on if departure.died_on and counts_from_death else on


def counts_until(member: Member, *, as_of: datetime.date) -> datetime.date:
    """Until when dues and the like are asked for: the day of death where that is recorded, else `as_of`."""
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
    claims: int = 0
    """of what is owed: on loans that are written off, where the rules of leaving set it off"""
    still_claimed: int = 0
    """on such loans where they do not: it stays a claim"""

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
    """Savings with their interest, what closes the running loans on `on`, what is claimed on those written off, and

    until when the rest would be paid.
    """
    held = savings.balances(member, as_of=on)
    interest = sum(
        amount - savings.tax_on_top(member, amount, on=day)
        for day, amount in savings.missing_interest(member, until=on)
    )
    running = Loan.objects.filter(member=member).running(as_of=on).select_related("rules__product", "member")
    claimed = loans.claim_left(member, as_of=on)
    claims = claimed if LeavingRules.objects.current(on).sets_off_claims else 0
    return Outlook(
        held.principal,
        held.mandatory,
        held.voluntary + interest,
        shu.owed(member, as_of=on),
        owed=sum(loans.to_close(loan, on=on).total for loan in running) + claims,
        pay_by=pay_by(on),
        interest=interest,
        claims=claims,
        still_claimed=claimed - claims,
    )


def pay_by(on: datetime.date) -> datetime.date:
    """The last day on which what remains is paid, by the rules in force on the day of leaving."""
    return add_months(on, LeavingRules.objects.current(on).pay_within_months)
