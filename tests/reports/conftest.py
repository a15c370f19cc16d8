"""November 2026 with figures worked out by hand, posted straight into the ledger."""

import datetime

import pytest
from django.db import connection

from ledger.chart import (
    BANK,
    CASH,
    CHART,
    DUES,
    LOAN_INTEREST,
    LOANS_RECEIVABLE,
    MANDATORY_SAVINGS,
    MEETINGS,
    PENALTIES,
    PRINCIPAL_SAVINGS,
    PROVISION_FEES,
    VOLUNTARY_SAVINGS,
)
from ledger.services import credit, debit, issue_receipt, post_entry
from tests import builders

NAMED = {account.code for account in CHART if account.needs_member}


@pytest.fixture
def november(books, treasurer):
    """Unit usp: 120,000 of Sri and 30,000 of penalties in 2025, then in November 2026

        12th  Tono enters with 100,000 + 20,000; Sri puts in 500,000 voluntary
        15th  Sri takes out 150,000; Tono borrows 400,000, of which 8,000 provision is kept back
        20th  Tono pays back 100,000 and 6,000 of interest

    so cash is 150,000 + 120,000 + 500,000 - 150,000 - 392,000 + 106,000 = 334,000.
    Unit umum: dues of 30,000 in October and 50,000 in November in cash; 15,000 for the meeting out of 40,000 that went
    to the bank; cash 40,000 and bank 25,000.
    """
    sri, tono = builders.a_member("Sri Lestari"), builders.a_member("Tono Raharjo")
    usp = [
        ("2025-01-12", "Sri masuk", sri, {CASH: 120_000, PRINCIPAL_SAVINGS: -100_000, MANDATORY_SAVINGS: -20_000}),
        ("2025-12-12", "Denda", None, {CASH: 30_000, PENALTIES: -30_000}),
        ("2026-11-12", "Tono masuk", tono, {CASH: 120_000, PRINCIPAL_SAVINGS: -100_000, MANDATORY_SAVINGS: -20_000}),
        ("2026-11-12", "Setoran Sri", sri, {CASH: 500_000, VOLUNTARY_SAVINGS: -500_000}),
        ("2026-11-15", "Penarikan Sri", sri, {VOLUNTARY_SAVINGS: 150_000, CASH: -150_000}),
        ("2026-11-15", "Pencairan", tono, {LOANS_RECEIVABLE: 400_000, CASH: -392_000, PROVISION_FEES: -8_000}),
        ("2026-11-20", "Angsuran", tono, {CASH: 106_000, LOANS_RECEIVABLE: -100_000, LOAN_INTEREST: -6_000}),
    ]
    umum = [
        ("2026-10-12", "Iuran Oktober", None, {CASH: 30_000, DUES: -30_000}),
        ("2026-11-12", "Iuran November", None, {CASH: 50_000, DUES: -50_000}),
        ("2026-11-13", "Setor bank", None, {BANK: 40_000, CASH: -40_000}),
        ("2026-11-14", "Konsumsi rapat", None, {MEETINGS: 15_000, BANK: -15_000}),
        ("2026-12-12", "Iuran Desember", None, {CASH: 50_000, DUES: -50_000}),
    ]
    for unit, events in {"usp": usp, "umum": umum}.items():
        for event in events:
            post(unit, *event, by=treasurer)
    return datetime.date(2026, 11, 1)


def post(unit, on, memo, member, amounts, *, by):
    """An entry from debits and (negative) credits; a receipt for what is called a deposit."""
    lines = [
        debit(code, amount, member=named(code, member))
        if amount > 0
        else credit(code, -amount, member=named(code, member))
        for code, amount in amounts.items()
    ]
    on = datetime.date.fromisoformat(on)
    entry = post_entry(unit=unit, on=on, reference=f"{memo} {on}", memo=memo, lines=lines, by=by)
    if memo.startswith("Setoran"):
        issue_receipt(entry, party="Sri", member=member, purpose=memo, amount=amounts[CASH], direction="in", by=by)
    return entry


def named(code, member):
    return member if code in NAMED else None


def run_around_the_guards(statement):
    """Do what no service would: the guards of the database stand down for one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
