"""The register's pages at 33 and at 10,000 members: the same queries, and not much slower."""

import statistics
import time

from benchmarks.harness import report, run

FEW, MANY = 33, 10_000
PAGES = ["", "?search=anggota", "?search=sandal", "?size=small", "?place=13", "?ordering=name&page=100"]


class Register:
    """What the benchmarks share: a logged-in secretary's browser."""


def prepare():
    from django.test import Client

    from core.permissions import Role
    from core.services import create_user

    run("SET session_replication_role = replica")
    run("TRUNCATE members_member CASCADE")
    run("SET session_replication_role = origin")
    secretary = create_user(
        username="bench-secretary", name="Bench", role=Role.SECRETARY, password="x" * 12, must_change_password=False
    )
    Register.by, Register.client = secretary, Client(headers={"host": "localhost"})
    Register.client.force_login(secretary)


def load(first, last):
    """Members `first` to `last` with a business and three counts of workers each."""
    facts = {"first": first, "last": last, "by": Register.by.pk}
    run(
        "INSERT INTO members_member (number, name, applied_on, admitted_on, decided_by_id, entered_on, address, rt, rw,"
        " phone, refusal_reason, leaving_reason, version)"
        " SELECT n, 'Anggota ' || n, '2024-01-01', '2024-01-01', %(by)s, '2024-01-01', 'Keparakan',"
        " lpad((n %% 60 + 1)::text, 3, '0'), lpad((n %% 15 + 1)::text, 3, '0'), '', '', '', 1"
        " FROM generate_series(%(first)s, %(last)s) AS n",
        facts,
    )
    run(
        "INSERT INTO members_business (member_id, name, address, rt, rw, products, other_products, version)"
        " SELECT id, 'Usaha ' || number, '', '', '', ARRAY[(ARRAY['sandals', 'bags', 'belts'])[1 + number %% 3]], '', 1"
        " FROM members_member WHERE number BETWEEN %(first)s AND %(last)s",
        facts,
    )
    run(
        "INSERT INTO members_workercount (business_id, counted_on, family, hired)"
        " SELECT business.id, date '2024-01-01' + k, 1 + business.id %% 8, k"
        " FROM members_business AS business JOIN members_member AS member ON member.id = member_id"
        " CROSS JOIN generate_series(0, 2) AS k WHERE number BETWEEN %(first)s AND %(last)s",
        facts,
    )
    run("VACUUM ANALYZE members_member, members_business, members_workercount")


def measured(query) -> tuple[float, int]:
    """Seconds of the list with this query string (median of 15) and the number of statements it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _turn in range(15):
        started = time.perf_counter()
        response = Register.client.get(f"/members/{query}")
        times.append(time.perf_counter() - started)
        assert response.status_code == 200, response.status_code
    with CaptureQueriesContext(connection) as statements:
        Register.client.get(f"/members/{query}")
    return statistics.median(times), len(statements)


def pages():
    load(1, FEW)
    few = {query: measured(query) for query in PAGES}
    load(FEW + 1, MANY)
    for query in PAGES:
        seconds, statements = measured(query)
        report(f"/members/{query}", {f"{FEW} members": few[query][0], f"{MANY:,} members": seconds})
        assert statements == few[query][1], f"{statements} statements instead of {few[query][1]}"
    print(f"{few[''][1]} statements a page at both sizes")


BENCHMARKS = {"register-pages": pages}
