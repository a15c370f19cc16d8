"""The checks of what buyers got, were asked for and paid: each finds what drifted."""

from decimal import Decimal

import pytest

from reports import checks
from sales import services as sales
from tests.books import assert_clean
from tests.orders.builders import an_order, day
from tests.orders.conftest import budi, sandal  # noqa: F401
from tests.reports.conftest import run_around_the_guards

AS_OF = day(300)


@pytest.fixture
def sold(books, budi, sandal, treasurer):  # noqa: F811
    """100 pairs at 12,000 sold by the cooperative: deposit 200,000; 40 went and are invoiced; 100,000 are paid."""
    order = sales.set_terms(
        an_order(budi, sandal), seller="cooperative", deposit_asked=200_000, terms_days=14, by=budi.user
    )
    sales.receive_deposit(order, amount=200_000, method="cash", on=day(1), by=treasurer)
    sales.ship(order, quantities={order.lines.get(): Decimal(40)}, on=day(3), by=budi.user)
    invoice = sales.issue_invoice(order, on=day(3), by=treasurer)
    sales.receive_payment(invoice, amount=100_000, method="cash", on=day(9), by=treasurer)
    assert_clean(AS_OF)
    return order


@pytest.mark.parametrize(
    ("name", "damage", "says"),
    [
        (
            "buyers_owe_what_the_ledger_says",
            "UPDATE sales_buyerpayment SET amount = amount + 1 WHERE kind = 'invoice'",
            ("1501", 179_999, 180_000),
        ),
        (
            "buyers_owe_what_the_ledger_says",
            "UPDATE sales_buyerpayment SET amount = amount + 1 WHERE kind = 'deposit'",
            ("2403", 1, 0),
        ),
        (
            "invoices_match_their_lines",
            "UPDATE sales_invoiceline SET quantity = quantity + 1",
            ("FK-2026-0001", 480_000, 492_000, 100_000, "cooperative", 480_000),
        ),
        (
            "invoices_match_their_lines",
            "UPDATE sales_buyerpayment SET amount = 280001 WHERE kind = 'invoice'",
            ("FK-2026-0001", 480_000, 480_000, 280_001, "cooperative", 480_000),
        ),
        (
            "invoices_match_their_lines",
            "UPDATE orders_order SET seller = 'member'",
            ("FK-2026-0001", 480_000, 480_000, 100_000, "member", 480_000),
        ),
        ("deliveries_within_orders", "UPDATE sales_shipmentline SET quantity = 101", (100, 101, 40)),
        ("deliveries_within_orders", "UPDATE sales_shipmentline SET quantity = 39", (100, 39, 40)),
        ("papers_to_buyers_gapless", "UPDATE sales_shipment SET number = 'SJ-2026-0002'", ("SJ-2026-0001",)),
        ("papers_to_buyers_gapless", "UPDATE sales_invoice SET number = 'FK-2026-0002'", ("FK-2026-0001",)),
    ],
)
def test_check_finds_what_drifted(sold, name, damage, says):
    run_around_the_guards(damage)
    [row] = checks.run(name, as_of=AS_OF).rows
    assert tuple(row)[-len(says) :] == says


@pytest.fixture
def back(sold, treasurer):
    """10 of the 40 come back, credited with 120,000; nothing is kept, so the member loses as much of his 480,000."""
    invoice = sold.invoices.get()
    quantities = {sold.lines.get(): Decimal(10)}
    sales.take_back(sold, quantities=quantities, invoice=invoice, reason="jahitan lepas", on=day(10), by=treasurer)
    sales.receive_payment(invoice, amount=60_000, method="cash", on=day(11), by=treasurer)
    sales.pay_proceeds(invoice, amount=100_000, method="cash", on=day(11), by=treasurer)
    assert_clean(AS_OF)
    return sold


@pytest.mark.parametrize(
    ("name", "damage", "says"),
    [
        (
            "returns_match_their_entries",
            "UPDATE sales_buyerreturn SET amount = amount + 1",
            ("RT-2026-0001", 120_001, 120_000, 120_000, 120_000, 120_001, 0),
        ),
        (
            "returns_match_their_entries",
            "UPDATE sales_buyerreturn SET member_part = member_part - 1",
            ("RT-2026-0001", 120_000, 120_000, 120_000, 120_000, 120_000, 0),
        ),
        (
            "returns_match_their_entries",
            "UPDATE sales_returnline SET quantity = 41",
            ("RT-2026-0001", 120_000, 492_000, 120_000, 120_000, 120_000, 0),
        ),
        (
            "returns_match_their_entries",
            "UPDATE sales_buyerpayment SET kind = 'returned' WHERE amount = 60000",
            ("RT-2026-0001", 120_000, 120_000, 120_000, 120_000, 120_000, 60_000),
        ),
        ("returns_match_their_entries", "UPDATE sales_buyerreturn SET entry_id = NULL", (120_000, 0)),
        ("buyers_owe_what_the_ledger_says", "UPDATE sales_buyerreturn SET amount = amount + 1", ("1501", -1, 0)),
        ("deliveries_within_orders", "UPDATE sales_returnline SET quantity = 41", (100, 40, 40)),
        ("papers_to_buyers_gapless", "UPDATE sales_buyerreturn SET number = 'RT-2026-0002'", ("RT-2026-0001",)),
        ("members_get_what_was_sold", "UPDATE sales_invoice SET member_part = 1", (-219_999, 260_000)),
        ("members_get_what_was_sold", "UPDATE sales_buyerreturn SET member_part = 0", (380_000, 260_000)),
        ("members_get_what_was_sold", "UPDATE sales_proceedspayment SET is_back = true", (460_000, 260_000)),
    ],
)
def test_check_finds_what_drifted_after_a_return(back, name, damage, says):
    run_around_the_guards(damage)
    [row] = checks.run(name, as_of=AS_OF).rows
    assert tuple(row)[-len(says) :] == says
