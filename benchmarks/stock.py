"""Stock of 100,000 workshops in 1,000,000 movements: what one holds, who can lend, when 20,000 loans must be back."""

import datetime

from benchmarks.harness import compare, run

MEMBERS, MOVEMENTS, LOANS, ORDERS = 100_000, 1_000_000, 20_000, 25_000
TODAY = datetime.date(2026, 3, 2)


class Stock:
    """What the benchmarks share."""


def prepare():
    """Ten materials; everybody buys and uses some of three of them, every fifth has lent, every fourth has an order.

    Loaded by SQL: the services are not what is measured.
    """
    from core.models import User
    from core.permissions import Role
    from core.services import create_user
    from governance import services as governance
    from members.models import Member
    from members.services import record_partner
    from pricing import services as pricing
    from pricing.models import Item, Unit
    from stock.models import StockRules

    run("SET session_replication_role = replica")
    run("TRUNCATE members_member, members_partner, orders_order, pricing_item, stock_stockmovement CASCADE")
    run("TRUNCATE stock_stockrules CASCADE")
    run("SET session_replication_role = origin")
    User.objects.filter(username__startswith="bench-stock").delete()
    first, second = (
        create_user(
            username=f"bench-stock-{role}", name="Bench", role=role, password="x" * 12, must_change_password=False
        )
        for role in (Role.SECRETARY, Role.CHAIR)
    )
    for number in range(10):
        for kind, code, unit in (("material", "M", "sqft"), ("product", "P", "pair")):
            pricing.add_item(
                code=f"{code}{number}",
                name=f"Bahan {number}" if kind == "material" else f"Sandal {number}",
                kind=kind,
                base_unit=Unit.objects.get(code=unit),
                by=first,
            )
    record_partner(name="Toko", kind="buyer", market="local", by=first)
    decision = governance.record_decision(
        number="BENCH",
        organ="members_meeting",
        decided_on=datetime.date(2024, 1, 1),
        title="x",
        text="x",
        kind="rules",
        by=first,
    )
    governance.put_in_force(
        StockRules,
        in_force_from=datetime.date(2024, 1, 1),
        decided_in=decision,
        on=datetime.date(2024, 1, 1),
        by=second,
        days_before_due=7,
        fallback_days=30,
    )
    materials = list(Item.objects.filter(kind="material").order_by("pk").values_list("pk", flat=True))
    facts = {
        "by": first.pk,
        "other": second.pk,
        "members": MEMBERS,
        "loans": LOANS,
        "orders": ORDERS,
        "today": TODAY,
        "materials": materials,
    }
    run("SET session_replication_role = replica")
    for statement in LOAD:
        run(statement, facts)
    _orders()
    run("SET session_replication_role = origin")
    for table in ("members_member", "orders_order", "orders_orderline", "stock_stockmovement", "stock_stockloan"):
        run(f"VACUUM ANALYZE {table}")
    Stock.member = Member.objects.get(number=51)
    Stock.officer = first
    Stock.item = Item.objects.select_related("base_unit").get(code="M1")
    [[found]] = run("SELECT count(*) FROM stock_stockmovement")
    print(f"{found:,} movements of {MEMBERS:,} workshops, {LOANS:,} loans, {ORDERS:,} orders")


def _orders():
    """Through the models: orders gain columns that have a default there."""
    from members.models import Member, Partner
    from orders.models import Order, OrderLine
    from pricing.models import Item

    partner = Partner.objects.get()
    items = list(Item.objects.filter(kind="product").order_by("pk"))
    makers = Member.objects.filter(number__in=range(4, 4 * ORDERS + 1, 4)).order_by("number")
    orders = Order.objects.bulk_create(
        [
            Order(
                number=f"PS-2026-{number}",
                partner=partner,
                member_id=pk,
                ordered_on=datetime.date(2026, 2, 1 + number % 28),
                due_on=datetime.date(2026, 3, 12) + datetime.timedelta(days=number % 60),
            )
            for pk, number in makers.values_list("pk", "number")
        ],
        batch_size=5_000,
    )
    OrderLine.objects.bulk_create(
        [
            OrderLine(
                order=order,
                item=item,
                unit_id=item.base_unit_id,
                quantity=60,
                base_quantity=60,
                price=12_000,
                price_reason="x",
            )
            for order, item in zip(orders, items * ORDERS, strict=False)
        ],
        batch_size=5_000,
    )


LOAD = [
    "INSERT INTO members_member (number, name, applied_on, admitted_on, decided_by_id, entered_on, address, rt, rw,"
    " phone, refusal_reason, leaving_reason, version)"
    " SELECT n, 'Anggota ' || n, '2024-01-01', '2024-01-01', %(by)s, '2024-01-01', 'Keparakan', '001', '013', '', '',"
    " '', 1 FROM generate_series(1, %(members)s) n",
    "INSERT INTO stock_billline (item_id, material_id, quantity, waste_bp)"
    " SELECT p.id, m.id, 1.5, 1000 FROM pricing_item p JOIN pricing_item m ON m.code = 'M' || substr(p.code, 2)"
    " WHERE p.kind = 'product'",
    # nine lines of three materials a workshop, then what the loans moved
    'INSERT INTO stock_stockmovement (member_id, item_id, kind, quantity, "on", note)'
    " SELECT m.id, (%(materials)s::bigint[])[1 + (m.number + t.n) %% 10],"
    " CASE WHEN t.turn = 1 THEN 'bought' ELSE 'used' END, CASE WHEN t.turn = 1 THEN 100 + m.number %% 50 ELSE -20 END,"
    " date '2025-06-01' + t.turn * 40 + (m.number %% 30), ''"
    " FROM members_member m CROSS JOIN (SELECT n, turn FROM generate_series(0, 2) n, generate_series(1, 3) turn) t"
    " ORDER BY t.turn, m.id",
    'INSERT INTO stock_stockmovement (member_id, item_id, kind, quantity, "on", note)'
    " SELECT id, (%(materials)s::bigint[])[1 + number %% 10], 'lent', -20 - number %% 30, '2026-02-10', ''"
    " FROM members_member WHERE number %% 5 = 0 ORDER BY number LIMIT %(loans)s",
    'INSERT INTO stock_stockmovement (member_id, item_id, kind, quantity, "on", note, counterpart_id)'
    " SELECT b.id, line.item_id, 'borrowed', -line.quantity, line.\"on\", '', line.id FROM stock_stockmovement line"
    " JOIN members_member m ON m.id = line.member_id JOIN members_member b ON b.number = 1 + m.number %% %(members)s"
    " WHERE line.kind = 'lent'",
    "INSERT INTO stock_stockloan (recorded_on, recorded_by_id, recorded_for_id, confirmed_on, confirmed_by_id,"
    " decline_reason, lender_id, borrower_id, item_id, quantity, price, agreed, handed_on, note, movement_id)"
    ' SELECT given."on", %(by)s, given.member_id, given."on", %(other)s, \'\', given.member_id, taken.member_id,'
    " given.item_id, taken.quantity, 33000, 'kind', given.\"on\", '', given.id"
    " FROM stock_stockmovement given JOIN stock_stockmovement taken ON taken.counterpart_id = given.id",
    'INSERT INTO stock_stockmovement (member_id, item_id, kind, quantity, "on", note)'
    " SELECT m.id, (%(materials)s::bigint[])[1 + m.number %% 10], 'bought', 5, '2026-01-15', ''"
    " FROM members_member m WHERE m.number <= 60000",
]
NEEDS = """
    SELECT job.member_id, bill.material_id AS item_id, job.due_on - 7 AS needed_on, job.quantity * 1.65 AS quantity
    FROM orders_jobs(%(today)s) AS job JOIN stock_billline AS bill ON bill.item_id = job.item_id
"""
RAW_RETURNS = f"""
    WITH need AS MATERIALIZED ({NEEDS}), running AS (
        SELECT need.*, sum(quantity) OVER (PARTITION BY member_id, item_id ORDER BY needed_on) AS taken FROM need
    ), held AS (
        SELECT member_id, item_id, sum(quantity) AS quantity FROM stock_stockmovement
        WHERE "on" <= %(today)s GROUP BY 1, 2
    )
    SELECT loan.id, lender.name, borrower.name, loan.quantity,
        coalesce(min(running.needed_on) FILTER (WHERE running.taken > coalesce(held.quantity, 0)), loan.handed_on + 30)
            AS back
    FROM stock_stockloan AS loan
    JOIN members_member AS lender ON lender.id = loan.lender_id
    JOIN members_member AS borrower ON borrower.id = loan.borrower_id
    LEFT JOIN held ON held.member_id = loan.lender_id AND held.item_id = loan.item_id
    LEFT JOIN running ON running.member_id = loan.lender_id AND running.item_id = loan.item_id
    WHERE loan.confirmed_on IS NOT NULL
    GROUP BY loan.id, lender.name, borrower.name
    ORDER BY back, loan.id LIMIT 50
"""
RAW_HOLDERS = f"""
    SELECT member.name, held.quantity - coalesce(need.quantity, 0) AS spare
    FROM (SELECT member_id, sum(quantity) AS quantity FROM stock_stockmovement
          WHERE item_id = %(item)s AND "on" <= %(today)s GROUP BY 1) AS held
    JOIN members_member AS member ON member.id = held.member_id
    LEFT JOIN (SELECT member_id, sum(quantity) AS quantity FROM ({NEEDS}) AS need WHERE item_id = %(item)s GROUP BY 1)
        AS need ON need.member_id = held.member_id
    WHERE held.quantity > coalesce(need.quantity, 0)
    ORDER BY spare DESC LIMIT 50
"""
RAW_HOLDINGS = """
    SELECT item.name, sum(quantity), max("on") FROM stock_stockmovement JOIN pricing_item AS item ON item.id = item_id
    WHERE member_id = %(member)s AND "on" <= %(today)s GROUP BY item.name
"""
RAW_MATERIALS = """
    SELECT item_id, count(*) FROM (SELECT item_id, member_id FROM stock_stockmovement WHERE "on" <= %(today)s
    GROUP BY 1, 2 HAVING sum(quantity) > 0) AS held GROUP BY 1
"""


def raw(statement):
    facts = {"today": TODAY, "item": Stock.item.pk, "member": Stock.member.pk}
    return lambda: run(statement, facts)


def holdings():
    """What one workshop has; and the same with the page around it."""
    from stock import queries

    compare("holdings of one workshop", raw=raw(RAW_HOLDINGS), ours=lambda: queries.holdings(Stock.member, as_of=TODAY))


def materials():
    from stock import queries

    compare(
        "which materials are there",
        rounds=5,
        warm_up=1,
        raw=raw(RAW_MATERIALS),
        ours=lambda: queries.materials(as_of=TODAY),
    )


def holders():
    """Who can lend one material, of some 30,000 who hold it."""
    from stock import queries

    compare(
        "who can lend, the first 50",
        rounds=5,
        warm_up=1,
        raw=raw(RAW_HOLDERS),
        ours=lambda: queries.holders(Stock.item, as_of=TODAY)[:50],
    )


def returns():
    """When every running loan must be back, and what its borrower will lack: the list of the office, first page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from stock import queries
    from stock.models import StockLoan

    def ours():
        days = queries.days(StockLoan.objects.running(as_of=TODAY), as_of=TODAY)
        return queries.with_loans(days[:50], as_of=TODAY)

    with CaptureQueriesContext(connection) as statements:
        ours()
    print(f"{'':34} {len(statements)} queries")
    compare(f"days of return of {LOANS:,} loans", rounds=5, warm_up=1, raw=raw(RAW_RETURNS), ours=ours)


def pages():
    """The pages around them: so many queries, so long on the server."""
    import time

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(Stock.officer)
    for url in (
        f"/stock/of/{Stock.member.pk}/",
        "/stock/who-holds/",
        f"/stock/who-holds/{Stock.item.pk}/",
        "/stock/loans/all/",
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as statements:
            started = time.perf_counter()
            page = client.get(url)
            seconds = time.perf_counter() - started
        assert page.status_code == 200, url
        print(f"{url:34} {len(statements)} queries, {seconds * 1000:.0f} ms, {len(page.content) / 1024:.0f} KB")


BENCHMARKS = {
    "holdings": holdings,
    "materials": materials,
    "holders": holders,
    "returns": returns,
    "stock-pages": pages,
}
