"""Arrears, classes and provision of 50,000 running loans of 24 instalments, on average twelve of them due.

`raw` is hand-written SQL through psycopg: what is late of every loan, and the sum to set aside by days.
"""

import datetime
import time

from benchmarks.harness import compare, memory, raw_connection, run, sized

LOANS = sized(50_000)
TODAY = datetime.date(2025, 12, 20)


class Portfolio:
    """What the benchmarks share."""


def prepare():
    from django.test import Client

    from core.permissions import Role
    from core.services import create_user
    from loans.models import CollectibilityRules

    Portfolio.by = create_user(
        username="portfolio", name="Bench", role=Role.TREASURER, password="x" * 12, must_change_password=False
    )
    by, started = Portfolio.by.pk, time.perf_counter()
    run("SET session_replication_role = replica")
    [[decision]] = run(
        "INSERT INTO governance_decision (number, organ, decided_on, title, text, recorded_by_id, kind, source,"
        " subject_type, detail, by_consensus, second_call)"
        " VALUES ('BENCH', 'board', '2024-01-01', 'x', 'x', %s, 'rules', 'paper', '', '', false, false) RETURNING id",
        [by],
    )
    rules = _rules(decision)
    [[first]] = run("SELECT coalesce(max(id), 0) + 1 FROM members_member")
    run(
        "INSERT INTO core_user (id, password, username, name, role, email, is_active, must_change_password)"
        " SELECT 1000000 + n, '', 'peminjam' || n, 'Peminjam ' || n, 'member', '', true, false"
        " FROM generate_series(0, %s) AS n",
        [LOANS - 1],
    )
    run(
        "INSERT INTO members_member (id, name, applied_on, nik, address, rt, rw, phone, refusal_reason, leaving_reason,"
        " version, user_id) SELECT %s + n, 'Peminjam ' || n, '2024-01-01', NULL, '', '', '', '', '', '', 1, 1000000 + n"
        " FROM generate_series(0, %s) AS n",
        [first, LOANS - 1],
    )
    run(
        "INSERT INTO loans_loan (id, number, member_id, rules_id, principal, instalments, purpose, applied_on,"
        " applied_by_id, refusal_reason, approved_on, disbursed_on, disbursed_by_id, administration_fee, provision,"
        " schedule_version, through) SELECT n + 1, 'B-' || n, %(first)s + n, %(rules)s, 2400000, 24, 'x', day, %(by)s,"
        " '', day, day, %(by)s, 0, 0, 1, 'cash' FROM (SELECT n, date '2024-01-12' + (n %% 23) * 30 AS day"
        " FROM generate_series(0, %(last)s) AS n) AS loan",
        {"first": first, "rules": rules, "by": by, "last": LOANS - 1},
    )
    run(
        "INSERT INTO loans_instalment (loan_id, version, number, due_on, principal, interest, fee)"
        " SELECT loan.id, 1, n, (loan.disbursed_on + make_interval(months => n))::date, 100000, 36000, 0"
        " FROM loans_loan AS loan CROSS JOIN generate_series(1, 24) AS n"
    )
    run(
        "INSERT INTO loans_repayment (loan_id, paid_on, valued_on, amount, through, received_by_id, entry_id,"
        " receipt_id, reversal_reason) SELECT instalment.loan_id, instalment.due_on, instalment.due_on, 136000, 'cash',"
        " %s, instalment.id, instalment.id, '' FROM loans_instalment AS instalment"
        " WHERE instalment.due_on <= %s AND (instalment.loan_id %% 10 <> 0 OR instalment.number < 4)",
        [by, TODAY],
    )
    run(
        "INSERT INTO loans_repaymentpart (repayment_id, instalment_id, penalty, interest, principal, fee)"
        " SELECT id, entry_id, 0, 36000, 100000, 0 FROM loans_repayment"
    )
    run("VACUUM ANALYZE")
    run("SELECT loans_keep_unpaid(ARRAY(SELECT id FROM loans_loan))")  # what the triggers do row by row
    run("SET session_replication_role = origin")
    run("VACUUM ANALYZE loans_unpaid")
    Portfolio.rules = CollectibilityRules.objects.latest("pk")
    Portfolio.raw = raw_connection()
    Portfolio.client = Client(SERVER_NAME="localhost")
    Portfolio.client.force_login(Portfolio.by)
    [[rows]] = run("SELECT count(*) FROM loans_instalment")
    print(f"{LOANS:,} loans, {rows:,} instalments loaded in {time.perf_counter() - started:.0f} s", flush=True)


def _rules(decision):
    """Loan rules and rules of classes, written by the models so that their defaults hold."""
    from loans.models import CollectibilityRules, LoanProduct, LoanRules

    product = LoanProduct.objects.create(code="bench", name="Bench")
    limits = {"current_until": 90, "substandard_until": 120, "doubtful_until": 180, "doubtful_months": 21}
    percent = {"current_bp": 50, "substandard_bp": 1000, "doubtful_bp": 5000, "loss_bp": 10_000}
    CollectibilityRules.objects.create(
        in_force_from=datetime.date(2024, 1, 1), decided_in_id=decision, scheme="days", **limits, **percent
    )
    rules = LoanRules.objects.create(
        in_force_from=datetime.date(2024, 1, 1), decided_in_id=decision, product=product, method="flat", rate_bp=150,
        most_instalments=24, most_amount=10_000_000,
    )  # fmt: skip
    return rules.pk


RAW = """
    SELECT owed.loan_id, min(due_on) FILTER (WHERE due_on < %(day)s AND principal + interest > 0) AS since,
        sum(principal) FILTER (WHERE due_on < %(day)s) AS late, sum(principal) AS outstanding
    FROM (
        SELECT instalment.loan_id, instalment.due_on, instalment.principal - coalesce(paid.principal, 0) AS principal,
            instalment.interest - coalesce(paid.interest, 0) AS interest
        FROM loans_loan AS loan
        JOIN loans_instalment AS instalment ON instalment.loan_id = loan.id AND instalment.version = 1
        LEFT JOIN (
            SELECT part.instalment_id, sum(part.principal) AS principal, sum(part.interest) AS interest
            FROM loans_repaymentpart AS part JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
            WHERE repayment.paid_on <= %(day)s AND repayment.reversed_on IS NULL
            GROUP BY part.instalment_id
        ) AS paid ON paid.instalment_id = instalment.id
        WHERE loan.disbursed_on <= %(day)s AND loan.settled_on IS NULL
    ) AS owed
    GROUP BY owed.loan_id
"""
LATE = f"SELECT * FROM ({RAW}) AS loan WHERE since IS NOT NULL ORDER BY since"
RAW_PROVISION = f"""
    SELECT sum((outstanding * CASE WHEN coalesce(%(day)s - since, 0) <= 90 THEN 50 WHEN %(day)s - since <= 120 THEN 1000
        WHEN %(day)s - since <= 180 THEN 5000 ELSE 10000 END + 5000)::bigint / 10000)
    FROM ({RAW}) AS loan
"""


def _raw(statement):
    return Portfolio.raw.execute(statement, {"day": TODAY}).fetchall()


def _page(address):
    answer = Portfolio.client.get(f"{address}?as_of={TODAY}")
    assert answer.status_code == 200, answer.status_code


def arrears():
    """The list of every loan that is late, one query, as the page and the reminders ask it; and the page itself."""
    from loans import queries

    assert len(_raw(LATE)) == len(queries.arrears(as_of=TODAY))
    compare(
        f"arrears of {LOANS:,} loans",
        rounds=5,
        warm_up=1,
        aim=3,
        raw=lambda: _raw(LATE),
        page=lambda: _page("/loans/arrears/"),
        query=lambda: queries.arrears(as_of=TODAY),
    )


def classes():
    """The sums of every class for the page of the portfolio's quality."""
    from loans import queries

    compare(
        f"classes of {LOANS:,} loans",
        rounds=5,
        warm_up=1,
        aim=3,
        raw=lambda: _raw(RAW_PROVISION),
        page=lambda: _page("/loans/collectibility/"),
        query=lambda: queries.portfolio(Portfolio.rules, as_of=TODAY),
    )


def provision():
    """The month-end run: the classes of every loan, the difference posted; the database is left as it was."""
    from django.db import transaction

    from ledger.models import Period
    from ledger.services import open_year
    from loans.services import post_provision

    if not Period.objects.filter(unit="usp", month=datetime.date(2025, 12, 1)).exists():
        open_year("usp", 2025, by=Portfolio.by)
    [[expected]] = _raw(RAW_PROVISION)

    def ours():
        with transaction.atomic():
            run_ = post_provision(datetime.date(2025, 12, 1), on=TODAY, by=Portfolio.by)
            assert run_.allowance == expected
            transaction.set_rollback(True)

    compare(f"provision of {LOANS:,} loans", rounds=5, warm_up=1, aim=3, raw=lambda: _raw(RAW_PROVISION), ours=ours)
    print(f"{'':34} {memory(ours) / 2**20:.1f} MB at the peak")


RAW_CLIMB = f"""
    WITH late AS (SELECT * FROM ({RAW}) AS loan WHERE since IS NOT NULL), started AS (
        INSERT INTO governance_ladder (kind, member_id, subject, title, url, rules_id, due_on, noticed_on)
        SELECT 'loan', loan.member_id, 'loan:' || loan.id, 'x', '', %(rules)s, late.since, %(day)s
        FROM late JOIN loans_loan AS loan ON loan.id = late.loan_id
        RETURNING member_id
    )
    INSERT INTO core_notice (to_id, at, text, url)
    SELECT member.user_id, now(), 'x', '' FROM started JOIN members_member AS member ON member.id = started.member_id
"""


def climb():
    """The morning of the ladder: the first, on which everybody late is told, and the next, on which all were told."""
    from django.db import transaction

    from governance.models import LadderRules
    from governance.services.ladder import climb

    rules = LadderRules.objects.create(
        about="loan", reminder_days=0, notice_days=1, letter_days=400, between_days=14, case_days=14,
        in_force_from=datetime.date(2024, 1, 1), decided_in_id=Portfolio.rules.decided_in_id,
    )  # fmt: skip

    def by_hand():
        with Portfolio.raw.transaction(force_rollback=True):
            Portfolio.raw.execute(RAW_CLIMB, {"day": TODAY, "rules": rules.pk})

    def first():
        with transaction.atomic():
            Portfolio.told = climb("loan", on=TODAY)["notices"]
            transaction.set_rollback(True)

    compare(f"first climb over {LOANS:,} loans", rounds=3, warm_up=1, aim=3, raw=by_hand, ours=first)
    print(f"{'':34} {Portfolio.told:,} were told; {memory(first) / 2**20:.1f} MB at the peak")
    with transaction.atomic():
        climb("loan", on=TODAY)
        asked = "every loan late, by hand"
        compare(f"next climb, {LOANS:,} loans", rounds=3, warm_up=1, aim=3, **{
            asked: lambda: _raw(LATE), "ours": lambda: climb("loan", on=TODAY)
        })  # fmt: skip
        transaction.set_rollback(True)


BENCHMARKS = {"arrears": arrears, "classes": classes, "provision": provision, "climb": climb}
