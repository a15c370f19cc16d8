"""100,000 annuity schedules of 24 instalments, worked out and stored, against binary COPY of the same rows.

COPY is given the figures; ours works them out as well, so both are told: storing alone, and the whole.
"""

import datetime
import time
from fractions import Fraction

from benchmarks.harness import raw_connection, report, run, sized

LOANS, INSTALMENTS, AT_ONCE = sized(100_000), 24, 1_000
DAY = datetime.date(2025, 1, 12)
COPY = "COPY loans_instalment (loan_id, version, number, due_on, principal, interest, fee) FROM STDIN (FORMAT BINARY)"
CHECK = "SET CONSTRAINTS ALL IMMEDIATE"  # foreign keys are looked at when a transaction ends; these are undone
TYPES = ["int8", "int2", "int2", "date", "int8", "int8", "int8"]


class Loans:
    """What the benchmark shares: the keys of loans that are approved and have no schedule yet."""


def prepare():
    from core.permissions import Role
    from core.services import create_user

    by = create_user(username="schedules", name="Bench", role=Role.TREASURER, password="x" * 12).pk
    run("SET session_replication_role = replica")
    [[member]] = run(
        "INSERT INTO members_member (name, applied_on, nik, address, rt, rw, phone, refusal_reason, leaving_reason,"
        " version) VALUES ('Peminjam', '2024-01-01', NULL, '', '', '', '', '', '', 1) RETURNING id"
    )
    Loans.keys = [
        key
        for [key] in run(
            "INSERT INTO loans_loan (number, member_id, rules_id, principal, instalments, purpose, applied_on,"
            " applied_by_id, refusal_reason, approved_on, administration_fee, provision, schedule_version, through)"
            " SELECT 'S-' || n, %s, 1, 1000000 + n * 1000, 24, 'x', '2025-01-12', %s, '', '2025-01-12', 0, 0, 1, 'cash'"
            " FROM generate_series(1, %s) AS n RETURNING id",
            [member, by, LOANS],
        )
    ]
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE loans_loan")


def _plan(number):
    from loans.arithmetic.schedule import Method, Terms, schedule

    terms = Terms(
        principal=1_000_000 + number * 1_000,
        instalments=INSTALMENTS,
        method=Method.ANNUITY,
        rate=Fraction(15, 1000),
        rate_per="month",
    )
    return schedule(terms, disbursed_on=DAY).rows


def schedules():
    from django.db import transaction

    from loans.models import Loan
    from loans.services import store_schedules

    loans = [Loan(pk=key) for key in Loans.keys]
    raw = raw_connection()
    spent = {"COPY": [], "stored": [], "worked out and stored": []}
    for _turn in range(3):
        plans = [_plan(number) for number in range(LOANS)]
        started = time.perf_counter()
        with raw.transaction(force_rollback=True):
            with raw.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.set_types(TYPES)
                for key, rows in zip(Loans.keys, plans, strict=True):
                    for row in rows:
                        copy.write_row((key, 1, row.number, row.due_on, row.principal, row.interest, row.fee))
            raw.execute(CHECK)
        spent["COPY"].append(time.perf_counter() - started)
        started = time.perf_counter()
        with transaction.atomic():
            for first in range(0, LOANS, AT_ONCE):
                store_schedules(list(zip(loans[first : first + AT_ONCE], plans[first : first + AT_ONCE], strict=True)))
            run(CHECK)
            transaction.set_rollback(True)
        spent["stored"].append(time.perf_counter() - started)
        del plans
        started = time.perf_counter()
        with transaction.atomic():
            for first in range(0, LOANS, AT_ONCE):
                some = range(first, min(first + AT_ONCE, LOANS))
                store_schedules([(loans[number], _plan(number)) for number in some])
            run(CHECK)
            transaction.set_rollback(True)
        spent["worked out and stored"].append(time.perf_counter() - started)
        run("VACUUM loans_instalment")
    raw.close()
    medians = {label: sorted(times)[1] for label, times in spent.items()}
    stored = medians.pop("stored")
    report(f"{LOANS:,} schedules, stored", {"COPY": medians["COPY"], "stored": stored}, aim=1.35)
    report(f"{LOANS:,} schedules, in all", medians)


BENCHMARKS = {"schedules": schedules}
