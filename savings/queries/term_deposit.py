"""Term deposits as at a date, and what breaking one would come to."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import Permission
from core.steps import Action, offered
from members.models import Member
from savings import interest
from savings.models import Movement, TermDeposit, TermSavingsRules
from savings.queries.tax import tax_on_top


@dataclass(frozen=True)
class BreakQuote:
    """What ends up where when a term is broken on a day."""

    amount: int
    penalty: int
    interest: int
    """interest paid now, before tax"""
    forfeited: int
    """interest that was earned and is lost"""
    tax: int

    @property
    def paid_out(self) -> int:
        """What comes back of the deposit itself; interest goes into the voluntary savings."""
        return self.amount - self.penalty


def break_quote(deposit: TermDeposit, *, on: datetime.date) -> BreakQuote:
    """The rules of the deposit applied to a break on `on`; nothing is booked."""
    earned = max(deposit.earned(until=on) - term_interest_paid(deposit), 0)
    rules = deposit.rules
    if rules.early_break == TermSavingsRules.EarlyBreak.FORFEIT:
        return BreakQuote(deposit.amount, penalty=0, interest=0, forfeited=earned, tax=0)
    penalty = min(interest.rounded(Fraction(deposit.amount * rules.penalty_bp, 10_000)), deposit.amount - 1)
    return BreakQuote(deposit.amount, penalty, earned, forfeited=0, tax=tax_on_top(deposit.member, earned, on=on))


def term_interest_paid(deposit: TermDeposit) -> int:
    rows = Movement.objects.filter(term=deposit, purpose=Movement.Purpose.INTEREST).signed()
    return rows.aggregate(sum=Coalesce(Sum("signed"), 0))["sum"]


def terms_on_offer(*, as_of: datetime.date) -> list[TermSavingsRules]:
    """The rules in force for each length of term, shortest first."""
    found = TermSavingsRules.objects.filter(in_force_from__lte=as_of).order_by("months", "-in_force_from")
    return list(found.distinct("months"))


def running_sum(deposits, *, as_of: datetime.date) -> int:
    """What the running ones among `deposits` (a queryset) come to."""
    return deposits.running(as_of=as_of).order_by().aggregate(sum=Coalesce(Sum("amount"), 0))["sum"]


def running_term_deposits(member: Member, *, as_of: datetime.date):
    """The deposits of a member that run on `as_of`, the next to end first."""
    return (
        TermDeposit.objects.filter(member=member)
        .running(as_of=as_of)
        .select_related("rules")
        .order_by("matures_on", "pk")
    )


def term_deposit_actions(deposit: TermDeposit, *, user: User, as_of: datetime.date) -> list[Action]:
    """The buttons `user` has on `as_of`: the certificate, and what may be done while the deposit runs."""
    is_running = deposit.closed_on is None
    may_break = is_running and deposit.matures_on > as_of and deposit.member.user_id != user.pk
    may_undo = is_running and deposit.opened_by_id != user.pk and not has_earned(deposit)

    def to(name):
        return reverse(f"savings:{name}", args=[deposit.pk])

    return offered(
        (True, _("Certificate as PDF"), to("term-deposit-paper"), "printer"),
        (is_running and user.can(Permission.SAVINGS_ASK), _("At the end of the term"), to("choose-renewal"), ""),
        (may_break and user.can(Permission.SAVINGS_WITHDRAW), _("Break early"), to("break-term-deposit"), ""),
        (may_undo and user.can(Permission.SAVINGS_REVERSE), _("Undo"), to("undo-term-deposit"), ""),
    )


def has_earned(deposit: TermDeposit) -> bool:
    """Whether interest stands between the opening and now: a renewal, or interest that was paid."""
    return deposit.renews_id is not None or deposit.movements.filter(purpose=Movement.Purpose.INTEREST).exists()
