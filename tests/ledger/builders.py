"""Short ways to say what the ledger's tests are about."""

import datetime

from django.db import connection

from ledger import chart
from ledger.models import Account, Unit
from ledger.services import credit, debit, post_entry
from members.models import Member

MARCH = datetime.date(2026, 3, 12)


def a_member(name="Sumarni") -> Member:
    return Member.objects.create(name=name, applied_on=datetime.date(2026, 1, 2))


def a_post(by, amount=100_000, *, on=MARCH, reference="test:1", unit=Unit.UMUM, lines=None):
    """Other income received in cash."""
    return post_entry(
        unit=unit,
        on=on,
        reference=reference,
        memo="Pendapatan Maret",
        lines=lines or [debit(chart.CASH, amount), credit(chart.OTHER_INCOME, amount)],
        by=by,
    )


def account(code, unit=Unit.UMUM) -> Account:
    return Account.objects.get(unit=unit, code=code)


def run(statement, *values):
    """Raw SQL, the way somebody would who goes around the services."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None
