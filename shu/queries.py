"""The surplus of a year so far, and how the rules in force would distribute it."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Q, Sum

from core import sql
from core.money import format_percent
from ledger import chart
from ledger.models import Period, Unit
from ledger.queries import income_statement, member_balances
from members.models import Member
from shu.allocation import Allocation, Figures, Share, allocate
from shu.models import Distribution, ShuRules
from shu.models import Share as MemberPart


class Row(NamedTuple):
    """One member with the figures that count and what they would give."""

    member_id: int
    name: str
    figures: Figures
    share: Share


class Part(NamedTuple):
    """One part of the surplus: its name on the screen, its percentage, and the amount."""

    name: str
    percentage: str
    amount: int


@dataclass(frozen=True)
class Preview:
    """A year divided under the rules of its last day. `allocation` is None without rules or without a surplus."""

    last: datetime.date
    results: dict[str, int]
    rules: ShuRules | None
    allocation: Allocation | None
    rows: list[Row]

    @property
    def surplus(self) -> int:
        return sum(self.results.values())

    @property
    def parts(self) -> list[Part]:
        return [
            Part(fund.label, format_percent(self.rules.percentages[fund]), amount)
            for fund, amount in self.allocation.funds.items()
        ]

    @property
    def to_reserve(self) -> int:
        return sum(self.allocation.sharing.to_reserve.values())


def years(*, as_of: datetime.date) -> list[int]:
    """The years there are books for, newest first, up to that of `as_of`."""
    months = Period.objects.filter(month__lte=as_of).order_by("-month__year")
    return list(months.values_list("month__year", flat=True).distinct())


def preview(year: int, *, as_of: datetime.date) -> Preview:
    """The result of both units from 1 January to the end of the year or `as_of`, and everybody's part of it."""
    first, last = datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), as_of)
    results = {unit: income_statement(unit, first=first, last=last).result for unit in Unit.values}
    rules = ShuRules.objects.current(last)
    surplus = sum(results.values())
    if rules is None or surplus <= 0:
        return Preview(last, results, rules, None, [])
    members, figures = _figures(rules, first=first, last=last)
    allocation = allocate(surplus, rules.percentages, figures)
    rows = [
        Row(member.id, member.name, figure, share)
        for member, figure, share in zip(members, figures, allocation.sharing.shares, strict=True)
    ]
    return Preview(last, results, rules, allocation, rows)


def sums(distribution: Distribution) -> dict[str, int]:
    """Sums of a distribution: the members with a share, their shares, and what has not been collected."""
    total = F("capital_part") + F("business_part")
    return distribution.shares.aggregate(
        members=Count("pk"),
        capital=Sum("capital_part", default=0),
        business=Sum("business_part", default=0),
        total=Sum(total, default=0),
        unpaid=Sum(total, filter=Q(payment=None), default=0),
        waiting=Count("pk", filter=Q(payment=None)),
    )


def owed(member: Member, *, as_of: datetime.date) -> int:
    """The SHU decided by `as_of` that `member` has not collected."""
    shares = MemberPart.objects.unpaid().filter(member=member, distribution__approved_on__lte=as_of)
    return shares.aggregate(sum=Sum(F("capital_part") + F("business_part"), default=0))["sum"]


def meeting_deadline(year: int) -> datetime.date:
    """The last day for the annual meeting about `year`: six months after its end (UU 25/1992 art. 26)."""
    return datetime.date(year + 1, 6, 30)


def _figures(rules: ShuRules, *, first: datetime.date, last: datetime.date):
    """The members of the last day, and of each the savings that day and the business in the span that the rules count.

    A reversal of something from before the span never makes the business of a member less than nothing.
    """
    principal = member_balances(Unit.USP, chart.PRINCIPAL_SAVINGS, as_of=last)
    mandatory = member_balances(Unit.USP, chart.MANDATORY_SAVINGS, as_of=last)
    members = sql.rows("shu/sql/figures.sql", first=first, last=last)
    figures = []
    for member in members:
        capital = principal.get(member.id, 0) + mandatory.get(member.id, 0)
        business = member.interest * rules.counts_interest + member.work * rules.counts_work
        figures.append(Figures(str(member.number), max(0, capital), max(0, business)))
    return members, figures
