"""Dues that have to be paid before a member leaves (`loans.leaving`)."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.queries import open_dues
from core.money import format_rupiah
from loans import leaving
from loans.leaving import Obstacle
from members.models import Member


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    owed = _owed(member, as_of)
    if not owed:
        return []
    text = _("{amount} of dues are owed; receive them first").format(amount=format_rupiah(owed))
    return [Obstacle(text, reverse("activities:dues-of", args=[member.pk]))]


def _owed(member: Member, as_of: datetime.date) -> int:
    """What is unpaid on `as_of` of the months that were due while the member lived."""
    found = open_dues(member, as_of=as_of)
    until = leaving.counts_until(member, as_of=as_of)
    if found is None or until == as_of:
        return found.owed if found else 0
    before = open_dues(member, as_of=until)
    due = before.months[: before.due_months] if before else ()
    return sum(amount for month, amount in zip(found.months, found.amounts, strict=True) if month in due)
