"""Which months of dues are open and which are paid."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from activities.models import DuesPayment, DuesWaiver
from core import sql
from members.models import Member


@dataclass(frozen=True)
class OpenDues:
    """The months of dues a member has not paid, oldest first, the due ones before those that can be paid ahead."""

    member_id: int
    number: int
    name: str
    phone: PhoneNumber | str
    months: tuple[datetime.date, ...]
    amounts: tuple[int, ...]
    social: tuple[int, ...]
    """what of each month goes into the social fund"""
    education: tuple[int, ...]
    """and into the education fund"""
    due_months: int
    owed: int

    @property
    def owed_from(self) -> datetime.date | None:
        return self.months[0] if self.due_months else None

    def among(self, months: tuple[datetime.date, ...]) -> Self | None:
        """Those of them that are among `months`; None where there are none."""
        kept = [place for place, month in enumerate(self.months) if month in months]
        if not kept:
            return None
        due_months = sum(place < self.due_months for place in kept)
        parts = {name: tuple(getattr(self, name)[place] for place in kept) for name in PER_MONTH}
        return replace(self, **parts, due_months=due_months, owed=sum(parts["amounts"][:due_months]))

    def cost(self, months: int) -> int:
        """What the oldest `months` of them come to."""
        return sum(self.amounts[:months])


PER_MONTH = ("months", "amounts", "social", "education")


def open_dues(member: Member, *, as_of: datetime.date, ahead: int = 0) -> OpenDues | None:
    """What `member` can pay: open months until `ahead` months after that of `as_of`; None where there are none."""
    found = _open_dues(as_of=as_of, member=member.pk, ahead=ahead, only_due=False)
    return found[0] if found else None


def unpaid_dues(*, as_of: datetime.date) -> list[OpenDues]:
    """Every member with a due month of dues that is not paid on `as_of`, by number; one query for all."""
    return _open_dues(as_of=as_of, member=None, ahead=0, only_due=True)


def _open_dues(**parameters) -> list[OpenDues]:
    return [
        OpenDues(
            member_id=row.id,
            number=row.number,
            name=row.name,
            phone=PhoneNumber.from_string(row.phone) if row.phone else "",
            months=tuple(row.months),
            amounts=tuple(row.amounts),
            social=tuple(row.social),
            education=tuple(row.education),
            due_months=row.due_months,
            owed=row.owed,
        )
        for row in sql.rows("activities/sql/open_dues.sql", **parameters)
    ]


def dues_paid(member: Member):
    """A member's payments of dues, newest month first."""
    return DuesPayment.objects.filter(member=member).select_related("receipt", "entry").order_by("-month", "-pk")


def waivers(member: Member):
    """What decisions let a member off, newest first."""
    return DuesWaiver.objects.filter(member=member).select_related("decided_in").order_by("-first_month", "-pk")


def span(months: Sequence[datetime.date]) -> str:
    """`October 2026` or `August 2026 to October 2026`."""
    first, last = (date_format(month, "F Y") for month in (months[0], months[-1]))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)
