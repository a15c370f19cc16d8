"""The collection sheet of 500 members who each owe mandatory savings, dues and an instalment, and save something too.

`raw` is hand-written SQL through psycopg: for the page what the house asks, without drawing it; for posting the same
entries with their lines, without receipts, payments, passbooks and trail, and without looking at anybody.
"""

import datetime
import json
import time
import uuid

from benchmarks.harness import compare, raw_connection, report, run

MEMBERS, MEETINGS = 500, 5
BEGAN = datetime.date(2026, 1, 1)
OPEN_AIM, POST_AIM = 0.5, 3.0


class Table:
    """What the benchmarks share."""


def prepare():
    from django.test import Client

    from activities.models import DuesRules
    from core.permissions import Role
    from core.services import create_user
    from governance.models import Decision
    from ledger.models import Period, Unit
    from ledger.services import open_year
    from loans.models import LoanProduct, LoanRules
    from savings.models import SavingsRules

    by = Table.by = create_user(
        username="table", name="Bench", role=Role.TREASURER, password="x" * 12, must_change_password=False
    )
    for unit in Unit:
        if not Period.objects.filter(unit=unit, month=BEGAN).exists():
            open_year(unit, BEGAN.year, by=by)
    run("SET session_replication_role = replica")
    run("TRUNCATE members_member, savings_savingsrules, loans_loanproduct CASCADE")
    decision = Decision.objects.create(
        number="BENCH-T",
        kind="rules",
        source="paper",
        organ="board",
        decided_on=BEGAN,
        title="x",
        text="x",
        recorded_by=by,
    )
    decided = {"in_force_from": BEGAN, "decided_in": decision}
    SavingsRules.objects.create(
        principal_amount=100_000, mandatory_amount=20_000, mandatory_due_day=12, minimum_voluntary_balance=0, **decided
    )
    DuesRules.objects.create(amount=10_000, due_day=12, **decided)
    product = LoanProduct.objects.create(code="table", name="Bench")
    rules = LoanRules.objects.create(
        product=product, method="flat", rate_bp=150, most_instalments=24, most_amount=10_000_000, **decided
    )
    facts = {"by": by.pk, "members": MEMBERS, "rules": rules.pk, "began": BEGAN}
    run(
        "INSERT INTO members_member (number, name, applied_on, admitted_on, decided_by_id, entered_on, address, rt, rw,"
        " phone, refusal_reason, leaving_reason, version) SELECT n, 'Anggota ' || lpad(n::text, 3, '0'), %(began)s,"
        " %(began)s, %(by)s, %(began)s, 'Keparakan', '001', '013', '', '', '', 1"
        " FROM generate_series(1, %(members)s) AS n",
        facts,
    )
    run(
        "INSERT INTO loans_loan (number, member_id, rules_id, principal, instalments, purpose, applied_on,"
        " applied_by_id, refusal_reason, approved_on, disbursed_on, disbursed_by_id, administration_fee, provision,"
        " schedule_version, through) SELECT 'T-' || number, id, %(rules)s, 1200000, 12, 'x', %(began)s, %(by)s, '',"
        " %(began)s, %(began)s, %(by)s, 0, 0, 1, 'cash' FROM members_member",
        facts,
    )
    run(
        "INSERT INTO loans_instalment (loan_id, version, number, due_on, principal, interest, fee)"
        " SELECT loan.id, 1, n, (date '2026-01-12' + make_interval(months => n))::date, 100000, 18000, 0"
        " FROM loans_loan AS loan CROSS JOIN generate_series(1, 12) AS n"
    )
    run("SELECT loans_keep_unpaid(ARRAY(SELECT id FROM loans_loan))")
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE")
    Table.raw = raw_connection()
    Table.client = Client(SERVER_NAME="localhost")
    Table.client.force_login(by)


def _meeting(number):
    from governance.services import hold_meeting

    return hold_meeting(on=datetime.date(2026, 2 + number, 12), by=Table.by)


def _statements(work):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def opening():
    """The page with 3,500 boxes, and what is asked for it."""
    from activities import queries
    from core import sql
    from ledger import chart

    Table.meeting = _meeting(0)
    on = Table.meeting.on
    address = f"/activities/meetings/{Table.meeting.pk}/collect/"
    asked = [
        ("savings/sql/obligation.sql", {"member": None, "only_unpaid": True, "account": chart.MANDATORY_SAVINGS}),
        ("activities/sql/open_dues.sql", {"member": None, "ahead": 0, "only_due": True}),
        ("loans/sql/arrears.sql", {"loans": None, "only_late": False, "only_due": False}),
    ]

    def raw():
        for path, facts in asked:
            Table.raw.execute(sql.text(path), {"as_of": on, **facts}).fetchall()
        Table.raw.execute("SELECT id, number, name FROM members_member ORDER BY name").fetchall()

    def page():
        assert Table.client.get(address).status_code == 200

    started = time.perf_counter()
    page()
    first = time.perf_counter() - started
    facts = {"raw": raw, "asked": lambda: queries.collection_sheet(on=on), "page": page}
    began = time.process_time()
    page()
    cpu = time.process_time() - began
    compare(f"sheet of {MEMBERS} members, opened", rounds=10, **facts)
    told = f"first time {first:.2f} s, {cpu:.2f} s of this process, {_statements(page)} statements"
    print(f"{'':34} {told}, aim {OPEN_AIM} s")


def posting():
    """The same sheet typed in: 2,000 payments on 500 receipts through the page, each time another evening."""
    from activities import queries
    from activities.models import Collection
    from core import sql

    def filled(meeting):
        boxes = {"token": str(uuid.uuid4()), "post": "1", "seen": "0"}
        total = 0
        for row in queries.collection_sheet(on=meeting.on):
            given, pk = row.owed.total + 5_000, row.member_id
            total += given
            boxes |= {f"on_{pk}": "1", f"given_{pk}": str(given), f"by_{pk}": "cash"}
        return boxes | {"seen": str(total)}

    took, cpu, statements = [], [], 0
    for number in range(1, MEETINGS):
        meeting = _meeting(number)
        boxes = filled(meeting)

        def post(meeting=meeting, boxes=boxes):
            assert Table.client.post(f"/activities/meetings/{meeting.pk}/collect/", boxes).status_code == 302

        started, began = time.perf_counter(), time.process_time()
        if number == MEETINGS - 1:
            statements = _statements(post)
        else:
            post()
            took.append(time.perf_counter() - started)
            cpu.append(time.process_time() - began)
    assert Collection.objects.count() == MEMBERS * (MEETINGS - 1)
    facts = {"unit": "usp", "date": datetime.date(2026, 12, 1), "by": Table.by.pk}
    statement = sql.text("ledger/sql/post_entries.sql").replace("--source--", sql.text("ledger/sql/given_entries.sql"))
    [[member]] = run("SELECT min(id) FROM members_member")
    raw = []
    for turn in range(3):
        given = [
            {"reference": f"raw:{turn}:{n}", "memo": "x", "codes": ["1101", "2101"], "members": [None, member],
             "debits": [5, 0], "credits": [0, 5]}
            for n in range(4 * MEMBERS)
        ]  # fmt: skip
        started = time.perf_counter()
        Table.raw.execute(statement, facts | {"given": json.dumps(given)})
        raw.append(time.perf_counter() - started)
    report(f"{4 * MEMBERS} payments posted", {"raw entries": sorted(raw)[1], "sheet": sorted(took)[len(took) // 2]})
    told = f"{statements} statements, slowest {max(took):.2f} s, {min(cpu):.2f} s of this process"
    print(f"{'':34} {told}, aim {POST_AIM} s")


BENCHMARKS = {"collection-open": opening, "collection-post": posting}
