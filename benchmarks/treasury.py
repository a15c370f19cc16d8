"""A bank account with 5,000 movements on its statement and 5,000 lines in the books: read, proposed, confirmed."""

import datetime
import time

from benchmarks.harness import compare, raw_connection, report, run, sized

MOVEMENTS = sized(5_000)
TODAY = datetime.date(2026, 3, 31)
FIRST = datetime.date(2026, 1, 1)
AIM = 2.0
"""Seconds for reading, keeping and proposing 5,000 movements."""


class Bank:
    """What the benchmarks share."""


def prepare():
    """One account; every movement of the bank is a line of the books up to two days before. Many have one amount."""
    from core.permissions import Role
    from core.services import create_user
    from ledger.models import Account
    from ledger.services import open_year
    from treasury import services
    from treasury.arithmetic.statements.csv_file import PRESETS

    Bank.by = create_user(
        username="bench-bank", name="Bench", role=Role.TREASURER, password="x" * 12, must_change_password=False
    )
    open_year("umum", 2026, by=Bank.by)
    Bank.account = services.open_bank_account(
        unit="umum", bank="BCA", number="123456", holder="x", mapping=PRESETS["bca"], on=FIRST, by=Bank.by
    )
    cash = Account.objects.get(unit="umum", code="4901")
    run("SET session_replication_role = replica")
    run(
        "WITH entry AS (INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)"
        " SELECT 'umum', %s + n %% 85, 'voucher:BENCH-' || lpad(n::text, 5, '0'), 'Angsuran PJ-2026-' || n, %s"
        " FROM generate_series(0, %s) AS n RETURNING id, date, reference)"
        " INSERT INTO ledger_line (entry_id, account_id, date, debit, credit)"
        " SELECT id, account, date, CASE side WHEN 1 THEN amount ELSE 0 END, CASE side WHEN 1 THEN 0 ELSE amount END"
        " FROM entry, LATERAL (VALUES (%s::bigint, 1), (%s::bigint, 2)) AS sides (account, side),"
        " LATERAL (SELECT 10000 * (1 + right(reference, 2)::int %% 40) AS amount) AS sum",
        [FIRST, Bank.by.pk, MOVEMENTS - 1, Bank.account.account_id, cash.pk],
    )
    run("SET session_replication_role = origin")
    run("ANALYZE")
    rows = run(
        "SELECT line.date, entry.memo, line.debit FROM ledger_line AS line JOIN ledger_entry AS entry"
        " ON entry.id = line.entry_id WHERE line.account_id = %s ORDER BY line.date, line.id",
        [Bank.account.account_id],
    )
    total, body = 0, []
    for day, memo, amount in rows:
        total += amount
        arrived = day + datetime.timedelta(days=2)
        body.append(f'\'{arrived:%d/%m/%Y},TRSF {memo},\'0000,"{amount:,}.00 CR","{total:,}.00"')
    Bank.file = "\n".join(["Tanggal,Keterangan,Cabang,Jumlah,Saldo", *body, "", "Saldo Awal : 0.00"]).encode()


def matching():
    """The whole way of a statement, against reading the same rows of both sides by one plain query each."""
    from treasury import services
    from treasury.queries.bank_statement import proposals

    started, busy = time.perf_counter(), time.process_time()
    services.import_statement(Bank.account, content=Bank.file, on=TODAY, by=Bank.by)
    imported = time.perf_counter()
    found = proposals(Bank.account, as_of=TODAY)
    proposed, busy = time.perf_counter(), time.process_time() - busy
    pairs = {match.movement.pk: match.line.pk for match in found}
    services.confirm_matches(Bank.account, pairs=pairs, on=TODAY, by=Bank.by)
    confirmed = time.perf_counter()
    times = {"read": imported - started, "propose": proposed - imported, "confirm": confirmed - proposed}
    report(f"{len(found)} of {MOVEMENTS} movements", times)
    seconds = proposed - started
    verdict = "reached" if seconds <= AIM else "MISSED"
    print(f"{'read and propose':34} {seconds:.2f} s, {busy:.2f} s of it busy here  aim {AIM}: {verdict}")

    run("UPDATE treasury_statementline SET matched_id = NULL, matched_on = NULL, matched_by_id = NULL")
    raw = raw_connection()
    both = (
        'SELECT id, "on", amount, text, reference FROM treasury_statementline WHERE matched_id IS NULL',
        "SELECT line.id, line.date, line.debit - line.credit, entry.memo, entry.reference FROM ledger_line AS line"
        f" JOIN ledger_entry AS entry ON entry.id = line.entry_id WHERE line.account_id = {Bank.account.account_id}",
    )
    compare(
        "propose",
        rounds=5,
        warm_up=1,
        bare=lambda: [raw.execute(statement).fetchall() for statement in both],
        ours=lambda: proposals(Bank.account, as_of=TODAY),
    )
    raw.close()


BENCHMARKS = {"matching": matching}
