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
    MEETINGS,
    PENALTIES,
    PROVISION_FEES,
)
from ledger.services import credit, debit, post_entry
from members import services as members
from savings import services as savings
from tests import builders
from tests.builders import savings_rules

NAMED = {account.code for account in CHART if account.needs_member}


@pytest.fixture
def november(books, treasurer, chair):
    """Unit usp: 120,000 of Sri and 30,000 of penalties in 2025, then in November 2026

        12th  Tono enters with 100,000 + 20,000; Sri puts in 500,000 voluntary
        15th  Sri takes out 150,000; Tono borrows 400,000, of which 8,000 provision is kept back
        20th  Tono pays back 100,000 and 6,000 of interest

    so cash is 150,000 + 120,000 + 500,000 - 150,000 - 392,000 + 106,000 = 334,000.
    Unit umum: dues of 30,000 in October and 50,000 in November in cash; 15,000 for the meeting out of 40,000 that went
    to the bank; cash 40,000 and bank 25,000.
    """
    savings_rules(by=chair, on=day("2025-01-12"), principal=100_000, mandatory=20_000)
    sri, tono = an_admitted("Sri Lestari"), an_admitted("Tono Raharjo")
    savings.join(sri, on=day("2025-01-12"), by=treasurer)
    post("usp", "2025-12-12", "Denda", None, {CASH: 30_000, PENALTIES: -30_000}, by=treasurer)
    savings.join(tono, on=day("2026-11-12"), by=treasurer)
    savings.deposit(sri, kind="voluntary", amount=500_000, on=day("2026-11-12"), by=treasurer)
    savings.withdraw(sri, kind="voluntary", amount=150_000, on=day("2026-11-15"), by=treasurer)
    for event in [
        ("2026-11-15", "Pencairan", tono, {LOANS_RECEIVABLE: 400_000, CASH: -392_000, PROVISION_FEES: -8_000}),
        ("2026-11-20", "Angsuran", tono, {CASH: 106_000, LOANS_RECEIVABLE: -100_000, LOAN_INTEREST: -6_000}),
    ]:
        post("usp", *event, by=treasurer)
    for event in [
        ("2026-10-12", "Iuran Oktober", None, {CASH: 30_000, DUES: -30_000}),
        ("2026-11-12", "Iuran November", None, {CASH: 50_000, DUES: -50_000}),
        ("2026-11-13", "Setor bank", None, {BANK: 40_000, CASH: -40_000}),
        ("2026-11-14", "Konsumsi rapat", None, {MEETINGS: 15_000, BANK: -15_000}),
        ("2026-12-12", "Iuran Desember", None, {CASH: 50_000, DUES: -50_000}),
    ]:
        post("umum", *event, by=treasurer)
    return day("2026-11-01")


def day(text):
    return datetime.date.fromisoformat(text)


def an_admitted(name):
    secretary = builders.a_secretary()
    member = builders.an_applicant(name, by=secretary)
    members.admit(member, on=member.applied_on, by=secretary)
    return member


def post(unit, on, memo, member, amounts, *, by):
    """An entry from debits and (negative) credits."""
    lines = [
        debit(code, amount, member=named(code, member))
        if amount > 0
        else credit(code, -amount, member=named(code, member))
        for code, amount in amounts.items()
    ]
    return post_entry(unit=unit, on=day(on), reference=f"{memo} {on}", memo=memo, lines=lines, by=by)


def named(code, member):
    return member if code in NAMED else None


def run_around_the_guards(statement):
    """Do what no service would: the guards of the database stand down for one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
