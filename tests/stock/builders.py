"""Leather, workshops that hold it, and neighbours who lend, made through the services."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.models import Notice
from governance.services import put_in_force
from ledger.models import Line
from members.models import Member
from pricing.models import Item
from stock import queries, services
from stock.models import JointStep, StockLoan, StockRules
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


def stock_rules(*, by, on=datetime.date(2025, 1, 12), before=7, fallback=30) -> StockRules:
    """Material is needed 7 days before an order is due; where none needs it, it comes back after 30 days."""
    return put_in_force(
        StockRules,
        in_force_from=on,
        decided_in=builders.a_decision(by=by, on=on, number=f"PINJAM-{on}"),
        on=on,
        by=by,
        days_before_due=before,
        fallback_days=fallback,
    )


def a_loan(lender: Member, borrower: Member, item: Item, quantity, *, on=MONDAY, price=None, by=None, **terms):
    """Written down by the lender (or `by`), not confirmed."""
    return services.lend(
        lender,
        borrower,
        item=item,
        quantity=Decimal(quantity),
        price=price,
        handed_on=on,
        on=on,
        by=by or lender.user,
        **terms,
    )


def lent(lender: Member, borrower: Member, item: Item, quantity, *, on=MONDAY, **terms):
    """Written down by the lender and confirmed by the borrower on the same day."""
    return services.confirm(a_loan(lender, borrower, item, quantity, on=on, **terms), on=on, by=borrower.user)


def came_back(loan, quantity, *, way="goods", on=None):
    """Written down by the borrower, confirmed by the lender."""
    on = on or day(5)
    back = services.give_back(loan, quantity=Decimal(quantity), way=way, on=on, by=loan.borrower.user)
    return services.confirm_return(back, on=on, by=loan.lender.user)


def ordered(purchase, tanner, leather, glue, *, budi, chair, on=None):
    """Leather at 33,000 and glue at 45,000 asked and chosen."""
    for item, price in ((leather, 33_000), (glue, 45_000)):
        services.quote(purchase, supplier=tanner, item=item, price=price, on=day(1), by=budi.user)
    return services.choose(purchase, supplier=tanner, on=on or day(2), by=chair)


def balance(code, member=None):
    """Debit less credit of an account of the general unit, of one member where given."""
    rows = Line.objects.filter(account__code=code, account__unit="umum")
    if member:
        rows = rows.filter(member=member)
    return sum(line.debit - line.credit for line in rows)


def held(member, item, on=MONDAY):
    return queries.held(member, item, as_of=on)


def outlook(loan, on=MONDAY):
    [row] = queries.outlooks(StockLoan.objects.running(as_of=on).filter(pk=loan.pk), as_of=on)
    return row


def texts(user):
    return " | ".join(Notice.objects.filter(to=user).order_by("pk").values_list("text", flat=True))


def step(kind):
    return JointStep.objects.unreversed().get(kind=kind)


def undo(kind, *, by, on=None, reason="Salah tulis"):
    return services.reverse_step(step(kind), reason=reason, on=on or day(10), by=by)


def refused(name, change):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    assert error.value.__cause__.diag.constraint_name == name
