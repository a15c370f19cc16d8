"""The end of a month for 100,000 members: interest on savings with its tax, and what is owed of mandatory savings.

`raw` is hand-written SQL through psycopg that posts the same entries, lines and movements under the same guards, or
gives the same list. A quarter of the members first: the time should be a quarter, the memory no less.
"""

import datetime
import time

from benchmarks.harness import compare, memory, raw_connection, report, run, sized

MEMBERS = sized(100_000)
FIRST, LAST = datetime.date(2025, 11, 1), datetime.date(2025, 11, 30)
RATE_BP, FREE_UP_TO, MANDATORY = 600, 240_000, 20_000
CHECK = "SET CONSTRAINTS ALL IMMEDIATE"  # foreign keys are looked at when a transaction ends; these are undone


class Savings:
    """What the benchmarks share."""


def prepare():
    from core.permissions import Role
    from core.services import create_user
    from governance.models import Decision
    from ledger.models import Account, Period
    from ledger.services import open_year
    from savings.models import SavingsInterestRules, SavingsRules, SavingsTaxRules

    Savings.by = create_user(username="month", name="Bench", role=Role.TREASURER, password="x" * 12)
    if not Period.objects.filter(unit="usp", month=FIRST).exists():
        open_year("usp", 2025, by=Savings.by)
    Savings.account = {account.code: account.pk for account in Account.objects.filter(unit="usp")}
    began = datetime.date(2024, 1, 1)
    decision = Decision.objects.create(
        number="BENCH-M",
        kind="rules",
        source="paper",
        organ="board",
        decided_on=began,
        title="x",
        text="x",
        recorded_by=Savings.by,
    )
    decided = {"in_force_from": began, "decided_in": decision}
    SavingsRules.objects.create(
        principal_amount=100_000,
        mandatory_amount=MANDATORY,
        mandatory_due_day=12,
        minimum_voluntary_balance=0,
        **decided,
    )
    SavingsInterestRules.objects.create(method="lowest", rate_bp=RATE_BP, rounding="down", **decided)
    SavingsTaxRules.objects.create(free_up_to=FREE_UP_TO, rate_bp=1_000, **decided)
    run("SET session_replication_role = replica")
    run("TRUNCATE members_member CASCADE")
    run("SET session_replication_role = origin")
    Savings.raw = raw_connection()
    Savings.members = 0


def _load(members):
    """As many members as asked for: on the first of 2025 a balance, in November a deposit and a withdrawal.

    Every hundredth is rich enough to be taxed. Mandatory savings of ten or eleven months are paid.
    """
    if members <= Savings.members:
        return
    facts = {"first": Savings.members + 1, "last": members, "by": Savings.by.pk} | {
        "mandatory": Savings.account["3102"],
        "amount": MANDATORY,
    }
    run("SET session_replication_role = replica")
    run(
        "INSERT INTO members_member (id, number, name, applied_on, admitted_on, entered_on, nik, address, rt,"
        " rw, phone, refusal_reason, leaving_reason, version, decided_by_id)"
        " SELECT 1000000 + n, n, 'Anggota ' || n, '2025-01-01', '2025-01-01', '2025-01-01',"
        " NULL, '', '', '', '+62812' || lpad(n::text, 8, '0'), '', '', 1, %(by)s"
        " FROM generate_series(%(first)s, %(last)s) AS n",
        facts,
    )
    run(
        'INSERT INTO savings_movement (member_id, kind, direction, purpose, amount, "on", is_carried, entry_id)'
        " SELECT 1000000 + n, 'voluntary', change.direction, 'saving', change.amount, change.day, false, -n"
        " FROM generate_series(%(first)s, %(last)s) AS n CROSS JOIN LATERAL (VALUES"
        " ('deposit', date '2025-01-01', CASE WHEN n %% 100 = 0 THEN 100000000 ELSE 1000000 + n %% 977 * 1000 END),"
        " ('deposit', date '2025-11-05', 20000), ('withdrawal', date '2025-11-20', 10000)"
        ") AS change (direction, day, amount)",
        facts,
    )
    run(
        "INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)"
        " SELECT -12 * n - month, %(mandatory)s, 1000000 + n, date '2025-01-12' + month * 30, 0, %(amount)s"
        " FROM generate_series(%(first)s, %(last)s) AS n CROSS JOIN generate_series(0, 9 + n %% 2) AS month",
        facts,
    )
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE members_member, savings_movement, ledger_line")
    Savings.members = members


POST = """
    WITH due AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS id, member_id, amount FROM ({source}) AS source
    ), header AS (
        INSERT INTO ledger_entry (id, unit, date, reference, memo, posted_by_id)
        SELECT id, 'usp', %(last)s, '{what}:raw:' || member_id, 'x', %(by)s FROM due
    ), line AS (
        INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
        SELECT due.id, line.account_id, due.member_id, %(last)s, line.debit, line.credit
        FROM due CROSS JOIN LATERAL (VALUES (%(debit)s::bigint, amount, 0), (%(credit)s, 0, amount))
            AS line (account_id, debit, credit)
    )
    INSERT INTO savings_movement (member_id, kind, direction, purpose, amount, "on", entry_id, is_carried)
    SELECT member_id, 'voluntary', '{direction}', '{what}', amount, %(last)s, id, false FROM due
"""
INTEREST = """
    SELECT member_id, min(balance) * 600 / 120000 AS amount
    FROM (
        SELECT member_id, sum(sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END))
            OVER (PARTITION BY member_id ORDER BY greatest("on", %(first)s)) AS balance
        FROM savings_movement WHERE kind = 'voluntary' AND "on" <= %(last)s
        GROUP BY member_id, greatest("on", %(first)s)
    ) AS days
    GROUP BY member_id
"""
TAX = """
    SELECT member_id, sum(amount) / 10 AS amount FROM savings_movement
    WHERE purpose = 'interest' AND "on" BETWEEN %(first)s AND %(last)s GROUP BY member_id HAVING sum(amount) > 240000
"""


def _by_hand():
    facts = {"first": FIRST, "last": LAST, "by": Savings.by.pk}
    code = Savings.account
    with Savings.raw.transaction(force_rollback=True):
        for what, source, direction, debit, credit in (
            ("interest", INTEREST, "deposit", code["5101"], code["2101"]),
            ("tax", TAX, "withdrawal", code["2101"], code["2301"]),
        ):
            statement = POST.format(source=source, what=what, direction=direction)
            Savings.posted = Savings.raw.execute(statement, facts | {"debit": debit, "credit": credit}).rowcount
        Savings.raw.execute(CHECK)


def _by_service():
    from django.db import transaction

    from savings.services import post_interest

    with transaction.atomic():
        posted = post_interest(FIRST, on=LAST, by=Savings.by)
        assert posted == Savings.members + Savings.members // 100, posted
        run(CHECK)
        transaction.set_rollback(True)


def interest():
    """Everybody's interest and the tax on it: entries, lines and passbooks."""
    _at_two_sizes("interest", _by_hand, _by_service)


RAW_OWED = """
    SELECT member.id, member.number, member.name, member.phone,
        (extract(month FROM age(%(last)s::date, member.entered_on)) + 1) * 20000 - coalesce(paid.amount, 0) AS owed
    FROM members_member AS member
    LEFT JOIN (
        SELECT member_id, sum(credit - debit) AS amount FROM ledger_line
        WHERE account_id = %(account)s AND date <= %(last)s GROUP BY member_id
    ) AS paid ON paid.member_id = member.id
    WHERE (extract(month FROM age(%(last)s::date, member.entered_on)) + 1) * 20000 > coalesce(paid.amount, 0)
    ORDER BY member.number
"""


def obligations():
    """Every member who owes mandatory savings, half of all, with what is owed and since when."""
    from savings.queries import unpaid_mandatory

    facts = {"last": LAST, "account": Savings.account["3102"]}

    def by_hand():
        Savings.owed = len(Savings.raw.execute(RAW_OWED, facts).fetchall())

    def by_query():
        assert len(unpaid_mandatory(as_of=LAST)) == Savings.owed

    _at_two_sizes("mandatory savings owed", by_hand, by_query)


def _at_two_sizes(name, by_hand, by_service):
    seconds, bytes_ = {}, {}
    for members in (MEMBERS // 4, MEMBERS):
        if members < Savings.members:
            continue  # loaded by the benchmark before
        _load(members)
        compare(f"{name}, {Savings.members:,} members", rounds=3, warm_up=1, aim=3, raw=by_hand, ours=by_service)
        bytes_[Savings.members] = memory(by_service)
        started = time.perf_counter()
        by_service()
        seconds[f"{Savings.members:,}"] = (time.perf_counter() - started) / Savings.members
    report(f"{name}, per member", seconds, aim=1.3)
    told = "  ".join(f"{members:,} members {peak / 2**20:.1f} MB" for members, peak in bytes_.items())
    print(f"{name + ', memory at its peak':34} {told}", flush=True)


BENCHMARKS = {"interest": interest, "obligations": obligations}
