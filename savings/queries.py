"""What members have saved and what they owe, each as at a date. Balances come from the ledger, never from a column."""

import datetime
from dataclasses import dataclass

from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from phonenumber_field.phonenumber import PhoneNumber

from core import dates, sql
from ledger import chart
from ledger.models import Line, Unit
from members.models import Member
from savings.models import Movement, SavingsRules

ACCOUNTS = {
    Movement.Kind.PRINCIPAL: chart.PRINCIPAL_SAVINGS,
    Movement.Kind.MANDATORY: chart.MANDATORY_SAVINGS,
    Movement.Kind.VOLUNTARY: chart.VOLUNTARY_SAVINGS,
}
"""Where each kind stands in the books of the savings-and-loan unit: own capital, own capital, debt to the member."""


# -- balances --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Balances:
    """Whole rupiah per kind."""

    principal: int = 0
    mandatory: int = 0
    voluntary: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.mandatory + self.voluntary

    def of(self, kind: str) -> int:
        return getattr(self, str(kind))


def balances(member: Member, *, as_of: datetime.date) -> Balances:
    """What `member` has saved at the end of `as_of`."""
    return _by_kind(_lines().filter(member=member, date__lte=as_of))


def totals(members, *, as_of: datetime.date) -> Balances:
    """What all of `members` (a queryset) have saved together."""
    return _by_kind(_lines().filter(member__in=members.order_by().values("pk"), date__lte=as_of))


def with_balances(members, *, as_of: datetime.date):
    """`members` annotated with `principal`, `mandatory`, `voluntary` and `saved`, their sum."""
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
    ).annotate(saved=F("principal") + F("mandatory") + F("voluntary"))


def lowest_balance(member: Member, kind: str, *, since: datetime.date) -> int:
    """The least that `kind` holds at the end of `since` or of any later day in the books.

    A withdrawal dated in the past must not overdraw a day that has come since.
    """
    days = (
        _lines()
        .filter(member=member, account__code=ACCOUNTS[kind])
        .values("date")
        .annotate(change=Sum(F("credit") - F("debit")))
        .order_by("date")
    )
    balance, lowest = 0, None
    for day in days:
        if day["date"] > since:
            lowest = balance if lowest is None else min(lowest, balance)
        balance += day["change"]
    return balance if lowest is None else min(lowest, balance)


def _lines():
    return Line.objects.filter(account__unit=Unit.USP, account__code__in=ACCOUNTS.values())


def _by_kind(lines) -> Balances:
    sums = {
        str(kind): Coalesce(Sum(F("credit") - F("debit"), filter=Q(account__code=code)), 0)
        for kind, code in ACCOUNTS.items()
    }
    return Balances(**lines.aggregate(**sums))


# -- the monthly obligation ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Obligation:
    """A member's mandatory savings on a day. Months are given by their first day."""

    member_id: int
    number: int
    name: str
    phone: PhoneNumber | str
    entered_in: datetime.date
    due_until: datetime.date
    due: int
    paid: int
    owed: int
    paid_until: datetime.date | None
    """The last month that is paid in full; None where not even the first is."""

    @property
    def owed_from(self) -> datetime.date:
        """The first month that is not paid in full."""
        return dates.add_months(self.paid_until, 1) if self.paid_until else self.entered_in

    @property
    def owed_months(self) -> int:
        """How many due months are not paid in full."""
        return len(list(dates.months_between(self.owed_from, self.due_until))) if self.owed else 0


def obligation(member: Member, *, as_of: datetime.date) -> Obligation | None:
    """What the monthly saving comes to for one member; None for somebody who is no member on `as_of`."""
    found = _obligations(as_of=as_of, member=member.pk, only_unpaid=False)
    return found[0] if found else None


def mandatory_owed(member: Member, *, as_of: datetime.date) -> int:
    """Mandatory savings due and not paid on `as_of`; 0 for somebody who is no member then."""
    found = obligation(member, as_of=as_of)
    return found.owed if found else 0


def unpaid_mandatory(*, as_of: datetime.date) -> list[Obligation]:
    """Every member who owes mandatory savings on `as_of`, by number; one query for all."""
    return _obligations(as_of=as_of, member=None, only_unpaid=True)


def obligations(*, as_of: datetime.date) -> list[Obligation]:
    """The mandatory savings of every member on `as_of`, by number; one query for all."""
    return _obligations(as_of=as_of, member=None, only_unpaid=False)


def _obligations(*, as_of, member, only_unpaid) -> list[Obligation]:
    rows = sql.rows(
        "savings/sql/mandatory.sql",
        as_of=as_of,
        member=member,
        only_unpaid=only_unpaid,
        account=chart.MANDATORY_SAVINGS,
    )
    return [
        Obligation(
            member_id=row.id,
            number=row.number,
            name=row.name,
            phone=PhoneNumber.from_string(row.phone) if row.phone else "",
            entered_in=row.entered_in,
            due_until=row.due_until,
            due=row.due,
            paid=row.paid,
            owed=row.owed,
            paid_until=row.paid_until,
        )
        for row in rows
    ]


# -- entering and the passbook ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstSavings:
    """What somebody who was admitted pays to become a member."""

    principal: int
    mandatory: int

    @property
    def total(self) -> int:
        return self.principal + self.mandatory


def first_savings(*, as_of: datetime.date) -> FirstSavings | None:
    """Principal and first mandatory savings under the rules of `as_of`; None before the first rules."""
    rules = SavingsRules.objects.filter(in_force_from__lte=as_of).order_by("-in_force_from").first()
    return rules and FirstSavings(rules.principal_amount, rules.mandatory_amount)


def passbook(member: Member) -> list[Movement]:
    """Every movement of a member, oldest first, each with `balance`: what its kind held after it. One query."""
    return list(
        Movement.objects.filter(member=member)
        .with_running_balance()
        .select_related("receipt", "reverses", "reversed_by", "entry")
    )
