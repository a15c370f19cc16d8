"""The monthly obligation: which months of mandatory savings are due and which are paid."""

import datetime
from dataclasses import dataclass

from phonenumber_field.phonenumber import PhoneNumber

from core import dates, sql
from ledger import chart
from members.models import Member


@dataclass(frozen=True)
class Obligation:
    """A member's mandatory savings on a day. Months are given by their first day."""

    member_id: int
    number: int
    name: str
    phone_as_kept: str
    entered_in: datetime.date
    due_until: datetime.date
    due: int
    paid: int
    owed: int
    paid_until: datetime.date | None
    """The last month that is paid in full; None where not even the first is."""

    @property
    def phone(self) -> PhoneNumber | str:
        """Parsed only when shown, because parsing takes longer than the calculation of what is owed."""
        return PhoneNumber.from_string(self.phone_as_kept) if self.phone_as_kept else ""

    @property
    def owed_from(self) -> datetime.date:
        """The first month that is not paid in full."""
        return dates.add_months(self.paid_until, 1) if self.paid_until else self.entered_in

    @property
    def owed_months(self) -> int:
        """How many due months are not paid in full."""
        return len(list(dates.months_between(self.owed_from, self.due_until))) if self.owed else 0


def obligation(member: Member, *, as_of: datetime.date) -> Obligation | None:
    """The mandatory savings of one member; None for a person who is not a member on `as_of`."""
    found = _obligations(as_of=as_of, member=member.pk, only_unpaid=False)
    return found[0] if found else None


def mandatory_owed(member: Member, *, as_of: datetime.date) -> int:
    """Mandatory savings due and not paid on `as_of`; 0 for a person who is not a member then."""
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
        "savings/sql/obligation.sql",
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
            phone_as_kept=row.phone,
            entered_in=row.entered_in,
            due_until=row.due_until,
            due=row.due,
            paid=row.paid,
            owed=row.owed,
            paid_until=row.paid_until,
        )
        for row in rows
    ]
