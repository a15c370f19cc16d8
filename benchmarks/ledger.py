"""The ledger at 1,000,000 lines: 500,000 entries over 24 months, 10,000 members; 23 months are closed.

`raw` is hand-written SQL through psycopg that does the same work under the same guards.
"""

import datetime
import itertools
import threading
import time

from benchmarks.harness import compare, raw_connection, report, run

MEMBERS, MONTHS, ENTRIES = 10_000, 24, 500_000
FIRST = datetime.date(2024, 1, 1)
TODAY = datetime.date(2025, 12, 20)
CLOSED = datetime.date(2025, 11, 30)
counter = itertools.count()


class Books:
    """What the benchmarks share: who posts, a member, accounts by code, a raw connection."""


def prepare():
    from core.permissions import Role
    from core.services import create_user
    from ledger.models import Account, Unit
    from ledger.services import open_year
    from members.models import Member

    Books.by = create_user(username="bench", name="Bench", role=Role.TREASURER, password="x" * 12)
    for year in (2024, 2025, 2026):
        open_year(Unit.USP, year, by=Books.by)
    Books.account = {account.code: account for account in Account.objects.filter(unit="usp")}
    started = time.perf_counter()
    # Accounts take turns: every entry debits one of five and credits a member's savings or loan, or an income.
    run("SET session_replication_role = replica")
    run(
        "INSERT INTO members_member (name, applied_on, nik, address, rt, rw, phone, refusal_reason, leaving_reason,"
        " version) SELECT 'Anggota ' || n, '2024-01-01', NULL, '', '', '', '', '', '', 1"
        f" FROM generate_series(1, {MEMBERS}) AS n"
    )
    run(
        "INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)"
        " SELECT 'usp', date '2024-01-01' + (n::bigint * 719 / %(entries)s)::int, 'load:' || n, 'Setoran', %(by)s"
        " FROM generate_series(1, %(entries)s) AS n",
        {"entries": ENTRIES, "by": Books.by.pk},
    )
    run(
        "INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)"
        " SELECT entry.id, side.account, side.member, entry.date, side.debit, side.credit"
        " FROM (SELECT *, substr(reference, 6)::int AS n FROM ledger_entry) AS entry"
        " CROSS JOIN LATERAL (VALUES"
        "   ((%(debit)s::bigint[])[1 + n %% 5], NULL::bigint, (n %% 97 + 1) * 1000, 0),"
        "   ((%(credit)s::bigint[])[1 + n %% 7], (SELECT min(id) FROM members_member) + n %% %(members)s,"
        "    0, (n %% 97 + 1) * 1000)"
        " ) AS side (account, member, debit, credit)",
        {
            "debit": [Books.account[code].pk for code in ("1101", "1102", "5201", "5202", "1101")],
            "credit": [Books.account[c].pk for c in ("2101", "3102", "1201", "3101", "4101", "4102", "4103")],
            "members": MEMBERS,
        },
    )
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE")
    Books.member = Member.objects.order_by("pk")[4242]
    Books.raw = raw_connection()
    [[lines]] = run("SELECT count(*) FROM ledger_line")
    print(f"{lines:,} lines loaded in {time.perf_counter() - started:.0f} s", flush=True)
    _close()


def _close():
    from core.dates import month_end
    from ledger.models import Period
    from ledger.services import close_period

    started = time.perf_counter()
    for period in Period.objects.filter(unit="usp", month__lte=CLOSED).order_by("month"):
        close_period(period, on=month_end(period.month), by=Books.by)
    print(f"23 months closed, {(time.perf_counter() - started) / 23 * 1000:.0f} ms each", flush=True)
    run("VACUUM ANALYZE ledger_period, ledger_periodbalance")


def raw(statement, *values):
    return Books.raw.execute(statement, values, prepare=True).fetchall()


# -- posting ---------------------------------------------------------------------------------------------------------

RAW_POST = """
    WITH entry AS (
        INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id) VALUES ('usp', %s, %s, 'Setoran', %s)
        RETURNING id, date
    ), line AS (
        INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
        SELECT entry.id, line.account_id, line.member_id, entry.date, line.debit, line.credit
        FROM entry, (VALUES (%s::bigint, NULL::bigint, %s::bigint, 0), (%s, %s::bigint, 0, %s))
            AS line (account_id, member_id, debit, credit)
    )
    SELECT id FROM entry
"""


def post():
    """One two-line entry in its own transaction."""
    from django.db import transaction

    from ledger import chart
    from ledger.services import credit, debit, post_entry

    cash, savings = Books.account["1101"].pk, Books.account["2101"].pk

    def by_hand():
        reference = f"raw:{next(counter)}"
        with Books.raw.transaction():
            raw(RAW_POST, TODAY, reference, Books.by.pk, cash, 5000, savings, Books.member.pk, 5000)

    def by_service():
        with transaction.atomic():
            post_entry(
                unit="usp",
                on=TODAY,
                reference=f"ours:{next(counter)}",
                memo="Setoran",
                lines=[debit(chart.CASH, 5000), credit(chart.VOLUNTARY_SAVINGS, 5000, member=Books.member)],
                by=Books.by,
            )

    compare("post one entry", rounds=400, warm_up=20, aim=1.7, raw=by_hand, service=by_service)


def hot():
    """Eight posters on the cash account, raw SQL with the guards against bare tables without any trigger."""
    for table in ("entry", "line"):
        run(f"CREATE TABLE bare_{table} (LIKE ledger_{table} INCLUDING ALL)")
    run(
        "ALTER TABLE bare_line ADD FOREIGN KEY (entry_id) REFERENCES bare_entry,"
        " ADD FOREIGN KEY (account_id) REFERENCES ledger_account, ADD FOREIGN KEY (member_id) REFERENCES members_member"
    )
    guarded, bare = RAW_POST, RAW_POST.replace("ledger_entry", "bare_entry").replace("ledger_line", "bare_line")
    spent = {"bare": [], "guarded": []}
    for _turn in range(5):
        spent["bare"].append(_posters(bare))
        spent["guarded"].append(_posters(guarded))
    report("8 posters on cash, per entry", {name: sorted(times)[2] for name, times in spent.items()}, aim=1.35)
    run("DROP TABLE bare_line, bare_entry")


def _posters(statement, posters=8, each=150):
    cash, savings = Books.account["1101"].pk, Books.account["2101"].pk
    connections = [raw_connection() for _poster in range(posters)]

    def many(connection):
        for _post in range(each):
            values = (TODAY, f"hot:{next(counter)}", Books.by.pk, cash, 5000, savings, Books.member.pk, 5000)
            connection.execute(statement, values, prepare=True)

    threads = [threading.Thread(target=many, args=[connection]) for connection in connections]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return spent / posters / each


RAW_SPEND = RAW_POST.replace("%s::bigint, 0), (%s", "0, %s::bigint), (%s").replace(
    "::bigint, 0, %s)", "::bigint, %s, 0)"
)
"""The same with the sides exchanged: money out of the cash box."""


def guard():
    """What it costs that nobody spends what is not there: with the guard of the balance and without, in turns."""
    [[trigger]] = run("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_within_balance%%'")
    for name, statement, aim in (("money in", RAW_POST, 1.05), ("money out", RAW_SPEND, 1.6)):
        for posters, each in ((1, 200), (8, 60)):
            spent = {"without": [], "guarded": []}
            for _turn in range(7):
                for label, state in (("without", "DISABLE"), ("guarded", "ENABLE")):
                    run(f"ALTER TABLE ledger_line {state} TRIGGER {trigger}")
                    spent[label].append(_posters(statement, posters, each))
            medians = {label: sorted(times)[3] for label, times in spent.items()}
            report(f"{name}, {posters} at once, per entry", medians, aim=aim)


def month_end():
    """100,000 entries in one go, set-based through the service against the same in raw SQL."""
    from ledger.services import post_entries

    entries = 100_000
    run(
        "INSERT INTO members_member (name, applied_on, address, rt, rw, phone, refusal_reason, leaving_reason, version)"
        " SELECT 'Anggota ' || n, '2024-01-01', '', '', '', '', '', '', 1"
        f" FROM generate_series({MEMBERS} + 1, {entries}) AS n"
    )
    run("VACUUM ANALYZE members_member")
    interest, savings = Books.account["5101"].pk, Books.account["2101"].pk
    statement = """
        WITH entry AS MATERIALIZED (
            SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS id, member.id AS member_id
            FROM members_member AS member WHERE member.id <= %s
        ), header AS (
            INSERT INTO ledger_entry (id, unit, date, reference, memo, posted_by_id)
            SELECT id, 'usp', %s, 'raw' || %s || ':' || member_id, 'Jasa simpanan', %s FROM entry
        )
        INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
        SELECT entry.id, line.account_id, line.member_id, %s, line.debit, line.credit
        FROM entry
        CROSS JOIN LATERAL (VALUES (%s::bigint, NULL, 1000, 0), (%s, entry.member_id, 0, 1000))
            AS line (account_id, member_id, debit, credit)
    """
    [[last]] = run("SELECT id FROM members_member ORDER BY id OFFSET %s LIMIT 1", [entries - 1])

    def by_hand():
        values = (last, TODAY, str(next(counter)), Books.by.pk, TODAY, interest, savings)
        Books.raw.execute(statement, values)

    def by_service():
        written = post_entries(
            "benchmarks/sql/month_end.sql", unit="usp", on=TODAY, by=Books.by, members=last, run=str(next(counter))
        )
        assert written == entries

    compare("month end, 100,000 entries", rounds=4, warm_up=0, aim=1.10, raw=by_hand, service=by_service)


# -- asking ----------------------------------------------------------------------------------------------------------


def balances():
    """The trial balance of today, summed over all lines and from the last snapshot."""
    from ledger import queries

    def summed():
        return raw(
            "SELECT account.id, account.code, coalesce(sum(debit), 0)::bigint, coalesce(sum(credit), 0)::bigint"
            " FROM ledger_account AS account LEFT JOIN ledger_line AS line"
            " ON line.account_id = account.id AND line.date <= %s WHERE account.unit = 'usp' GROUP BY account.id",
            TODAY,
        )

    expected = {pk: left - right for pk, _code, left, right in summed()}
    assert {row.account_id: row.debit - row.credit for row in queries.trial_balance("usp", as_of=TODAY)} == expected
    compare(
        "trial balance of today",
        rounds=15,
        aim=0.12,
        summing=summed,
        query=lambda: queries.trial_balance("usp", as_of=TODAY),
    )
    compare(
        "balance sheet at a month end",
        rounds=15,
        aim=0.035,
        summing=summed,
        query=lambda: queries.balance_sheet("usp", as_of=CLOSED),
    )
    compare(
        "income statement, closed year",
        rounds=15,
        aim=0.30,
        summing=lambda: raw(
            "SELECT account_id, sum(debit)::bigint, sum(credit)::bigint FROM ledger_line JOIN ledger_account account"
            " ON account.id = account_id WHERE account.unit = 'usp' AND kind IN ('income', 'expense')"
            " AND date BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY 1"
        ),
        query=lambda: queries.income_statement("usp", first=FIRST, last=datetime.date(2024, 12, 31)),
    )


def single():
    """One balance, one statement."""
    from ledger import chart, queries

    cash, savings, member = Books.account["1101"], Books.account["2101"], Books.member
    snapshot = datetime.date(2025, 12, 1)
    compare(
        "balance of an account",
        rounds=300,
        aim=2.1,
        raw=lambda: raw(
            "SELECT (SELECT opening + debit - credit FROM ledger_periodbalance JOIN ledger_period period"
            " ON period.id = period_id WHERE account_id = %s AND month = '2025-11-01' AND unit = 'usp')"
            " + (SELECT coalesce(sum(debit - credit), 0) FROM ledger_line"
            " WHERE account_id = %s AND date BETWEEN %s AND %s)",
            cash.pk,
            cash.pk,
            snapshot,
            TODAY,
        ),
        query=lambda: queries.account_balance("usp", chart.CASH, as_of=TODAY),
    )
    compare(
        "balance of a member",
        rounds=300,
        aim=6,
        raw=lambda: raw(
            "SELECT sum(credit - debit)::bigint FROM ledger_line"
            " WHERE member_id = %s AND account_id = %s AND date <= %s",
            member.pk,
            savings.pk,
            TODAY,
        ),
        query=lambda: queries.member_balance(member, "usp", chart.VOLUNTARY_SAVINGS, as_of=TODAY),
    )
    page = slice(0, 50)
    statement = (
        "SELECT line.*, entry.reference, entry.memo FROM (SELECT id, entry_id, date, debit, credit,"
        " sum(credit - debit) OVER (ORDER BY date, id)::bigint FROM ledger_line"
        " WHERE member_id = %s AND account_id = %s AND date <= %s"
        " ORDER BY date DESC, id DESC LIMIT 50) AS line JOIN ledger_entry entry ON entry.id = entry_id"
        " ORDER BY line.date DESC, line.id DESC"
    )
    compare(
        "statement of a member, last 50",
        rounds=200,
        aim=6,
        raw=lambda: raw(statement, member.pk, savings.pk, TODAY),
        query=lambda: queries.Statement(savings, first=FIRST, last=TODAY, member=member)[page],
    )
    whole = (
        "SELECT line.*, entry.reference, entry.memo FROM (SELECT newest.*, %s - coalesce(sum(debit - credit) OVER"
        " (ORDER BY date DESC, id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) FROM"
        " (SELECT id, entry_id, date, debit, credit FROM ledger_line WHERE account_id = %s AND date <= %s"
        "  ORDER BY date DESC, id DESC LIMIT 50) AS newest) AS line"
        " JOIN ledger_entry entry ON entry.id = entry_id ORDER BY line.date DESC, line.id DESC"
    )
    compare(
        "statement of an account, last 50",
        rounds=200,
        aim=6.5,
        raw=lambda: raw(whole, 123_456_789, cash.pk, TODAY),
        query=lambda: queries.account_statement(cash, first=FIRST, last=TODAY)[page],
    )


def seal():
    """The seal of a month of 41,000 lines against one pass that sums them."""
    from ledger.models import Period

    period = Period.objects.get(unit="usp", month=datetime.date(2025, 6, 1))
    compare(
        "seal of a month",
        rounds=10,
        aim=3.5,
        summing=lambda: raw(
            "SELECT sum(line.debit), sum(line.credit) FROM ledger_entry entry JOIN ledger_line line"
            " ON line.entry_id = entry.id WHERE entry.unit = 'usp' AND entry.date BETWEEN '2025-06-01' AND '2025-06-30'"
        ),
        seal=lambda: raw("SELECT ledger_seal(%s)", period.pk),
    )


BENCHMARKS = {
    "post": post,
    "hot": hot,
    "guard": guard,
    "balances": balances,
    "single": single,
    "seal": seal,
    "month_end": month_end,
}
