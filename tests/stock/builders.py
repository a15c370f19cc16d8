"""Leather, workshops that hold it, and neighbours who lend, made through the services."""

import datetime
from decimal import Decimal

from members.models import Member
from pricing.models import Item
from stock import services
from tests import builders

MONDAY = datetime.date(2026, 3, 2)


def day(days: int) -> datetime.date:
    """`days` after MONDAY, the day on which most of these tests happen."""
    return MONDAY + datetime.timedelta(days=days)


def a_crafter(name: str, *, by) -> Member:
    """A member with a login (the first word of the name)."""
    return builders.a_member(name, username=name.split()[0].lower(), by=by)


def bought(member: Member, item: Item, quantity, *, on=MONDAY):
    return services.record(member, item=item, kind="bought", quantity=Decimal(quantity), on=on, by=member.user)


def used(member: Member, item: Item, quantity, *, on=MONDAY):
    return services.record(member, item=item, kind="used", quantity=Decimal(quantity), on=on, by=member.user)
