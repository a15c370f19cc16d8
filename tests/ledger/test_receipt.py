"""Numbered receipts."""

import datetime

import pytest

from ledger.models import Receipt
from ledger.services import (
    issue_receipt,
)
from tests.ledger.builders import MARCH, a_member, a_post

pytestmark = pytest.mark.django_db


def test_issue_receipt_numbers_per_year(books, treasurer):
    member = a_member()
    numbers = [
        issue_receipt(
            a_post(treasurer, on=day, reference=str(day)),
            party=member.name,
            member=member,
            purpose="Iuran",
            amount=100_000,
            direction="in",
            by=treasurer,
        ).number
        for day in (MARCH, datetime.date(2026, 4, 1), datetime.date(2027, 1, 2))
    ]
    assert numbers == ["KW-2026-0001", "KW-2026-0002", "KW-2027-0001"]
    assert Receipt.objects.get(number="KW-2027-0001").issued_on == datetime.date(2027, 1, 2)
