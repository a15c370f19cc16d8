"""What members have saved as at a date. Balances come from the ledger, never from a column."""

import datetime
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from ledger import chart
from ledger.models import Line, Unit
from members.models import Member
from savings.models import Block, Movement

ACCOUNTS = {
    Movement.Kind.PRINCIPAL: chart.PRINCIPAL_SAVINGS,
    Movement.Kind.MANDATORY: chart.MANDATORY_SAVINGS,
    Movement.Kind.VOLUNTARY: chart.VOLUNTARY_SAVINGS,
    Movement.Kind.TERM: chart.TERM_SAVINGS,
}
"""Where each kind stands in the books of the savings-and-loan unit: twice own capital, twice debt to the member."""


@dataclass(frozen=True)
class Balances:
    """Whole rupiah per kind."""

    principal: int = 0
    mandatory: int = 0
    voluntary: int = 0
    term: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.mandatory + self.voluntary + self.term

    def of(self, kind: str) -> int:
        return getattr(self, str(kind))


def balances(member: Member, *, as_of: datetime.date) -> Balances:
    """What `member` has saved at the end of `as_of`."""
    return _by_kind(_lines().filter(member=member, date__lte=as_of))


def totals(members, *, as_of: datetime.date) -> Balances:
    """What all of `members` (a queryset) have saved together."""
    return _by_kind(_lines().filter(member__in=members.order_by().values("pk"), date__lte=as_of))


def with_balances(members, *, as_of: datetime.date):
    """`members` annotated with `principal`, `mandatory`, `voluntary`, `term` and `saved`, their sum."""
    return members.annotate(
        **{
            str(kind): Coalesce(
                Subquery(
                    _lines()
                    .filter(member=OuterRef("pk"), account__code=code, date__lte=as_of)
                    .values("account__code")
                    .annotate(balance=Sum(F("credit") - F("debit")))
                    .values("balance")
                ),
                0,
                output_field=IntegerField(),
            )
            for kind, code in ACCOUNTS.items()
        }
    ).annotate(saved=F("principal") + F("mandatory") + F("voluntary") + F("term"))


def lowest_balance(member: Member, kind: str, *, since: datetime.date) -> int:
    """The least that `kind` holds at the end of `since` or of any later day in the books.

    A withdrawal dated in the past must not overdraw a day that has come since.
    """
    return _lowest(_changes(member, kind), since)


def lowest_free(member: Member, *, since: datetime.date) -> int:
    """The least of the voluntary savings that is not blocked at the end of `since` or of any later day."""
    changes = _changes(member, Movement.Kind.VOLUNTARY)
    for block in Block.objects.filter(member=member):
        changes.append((block.blocked_on, -block.amount))
        if block.released_on:
            changes.append((block.released_on, block.amount))
    return _lowest(changes, since)


def _changes(member, kind) -> list[tuple[datetime.date, int]]:
    """What the days of the books did to the balance of `kind`."""
    return list(
        _lines()
        .filter(member=member, account__code=ACCOUNTS[kind])
        .values_list("date")
        .annotate(change=Sum(F("credit") - F("debit")))
    )


def _lowest(changes, since) -> int:
    by_day = sorted(changes)
    balance = lowest = sum(change for day, change in by_day if day <= since)
    for _day, group in groupby((row for row in by_day if row[0] > since), key=itemgetter(0)):
        balance += sum(change for _day, change in group)
        lowest = min(lowest, balance)
    return lowest


# -- the lines behind them -------------------------------------------------------------------------------------------


def _lines():
    return Line.objects.filter(account__unit=Unit.USP, account__code__in=ACCOUNTS.values())


def _by_kind(lines) -> Balances:
    sums = {
        str(kind): Coalesce(Sum(F("credit") - F("debit"), filter=Q(account__code=code)), 0)
        for kind, code in ACCOUNTS.items()
    }
    return Balances(**lines.aggregate(**sums))
