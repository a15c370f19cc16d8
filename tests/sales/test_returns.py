"""Goods come back, papers are undone, and the member is paid for what the cooperative sold.

100 pairs at Rp 12.000 sold by the cooperative, which keeps 5 percent: 40 go first, 480,000, of it 456,000 the member's.
"""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from ledger import chart
from ledger.models import Receipt, Unit
from ledger.queries import account_balance, member_balance
from orders import queries
from sales import queries as sales_queries
from sales import services as sales
from sales.arithmetic.market import Quarter
from sales.arithmetic.proceeds import member_part
from sales.models import BuyerReturn, Invoice, ProceedsPayment, ReturnLine, Shipment
from tests import builders
from tests.books import assert_clean
from tests.orders.builders import an_order, day
from tests.orders.test_views import post
from tests.roles import update_refused as refused
from tests.sales.test_market import selling_rules
from tests.sales.test_selling import balance, ship

pytestmark = pytest.mark.usefixtures("capital")


@pytest.fixture
def sold(budi, sandal, chair):
    selling_rules(by=chair, on=day(-50), kept_bp=500)
    order = an_order(budi, sandal, quantity=100)
    return sales.set_terms(order, seller="cooperative", deposit_asked=0, terms_days=14, by=budi.user)


@pytest.fixture
def invoiced(sold, treasurer):
    ship(sold, 40)
    return sales.issue_invoice(sold, on=day(3), by=treasurer)


def take_back(order, quantity, *, by, invoice=None, reason="jahitan lepas", on=None):
    quantities = {order.lines.get(): Decimal(quantity)}
    return sales.take_back(order, quantities=quantities, invoice=invoice, reason=reason, on=on or day(5), by=by)


def counted(invoice):
    return Invoice.objects.counted(as_of=day(90)).get(pk=invoice.pk)


def owed(member):
    return member_balance(member, Unit.UMUM, chart.MEMBER_SALES_PAYABLE, as_of=day(90))


# -- goods come back -------------------------------------------------------------------------------------------------


def test_what_comes_back_makes_the_debt_of_the_buyer_smaller(sold, invoiced, treasurer, budi):
    """10 of 40 come back: 120,000 less of 480,000, and 114,000 less for the member."""
    back = take_back(sold, 10, invoice=invoiced, by=treasurer)
    assert (back.number, back.amount, back.member_part) == ("RT-2026-0001", 120_000, 6_000 * 19)
    assert (counted(invoiced).open, counted(invoiced).member_open) == (360_000, 342_000)
    assert balance(chart.PARTNER_RECEIVABLES) == balance(chart.SALES) == 360_000
    assert (balance(chart.COST_OF_SALES), owed(budi)) == (342_000, 342_000)
    [line] = sales_queries.lines(sold)
    assert (line.shipped, line.returned, line.invoiced, line.to_invoice) == (40, 10, 30, 0)
    assert sales_queries.account(sold, as_of=day(90)).open == 360_000
    assert [row.open for row in sales_queries.receivables(Invoice.objects.all(), as_of=day(90))] == [360_000]
    assert sales_queries.market_levels(Quarter(2026, 1))[0][1] == 360_000
    assert_clean(day(90))


def test_what_was_paid_too_much_is_given_back_with_a_receipt(sold, invoiced, treasurer, chair):
    sales.receive_payment(invoiced, amount=450_000, method="cash", on=day(4), by=treasurer)
    back = take_back(sold, 10, invoice=invoiced, by=treasurer)
    assert counted(invoiced).open == -90_000
    with pytest.raises(Refused, match=r"90\.000") as refusal:
        sales.give_money_back(invoiced, amount=90_001, method="cash", on=day(6), by=treasurer)
    assert refusal.value.field == "amount"
    with pytest.raises(Refused):
        sales.give_money_back(invoiced, amount=1, method="cash", on=day(4), by=treasurer)
    paid = sales.give_money_back(invoiced, amount=90_000, method="cash", on=day(6), by=treasurer)
    assert (paid.kind, paid.receipt.direction) == ("returned", Receipt.Direction.OUT)
    assert (counted(invoiced).open, balance(chart.CASH) - builders.CAPITAL, balance(chart.PARTNER_RECEIVABLES)) == (
        0,
        360_000,
        0,
    )
    assert_clean(day(90))
    with pytest.raises(Refused):  # money stands on the return
        sales.reverse_return(back, reason="salah", on=day(7), by=chair)
    with pytest.raises(Refused):  # and on the payment of the buyer
        sales.reverse_payment(invoiced.payments.get(kind="invoice"), reason="salah", on=day(7), by=chair)
    sales.reverse_payment(paid, reason="salah", on=day(7), by=chair)
    sales.reverse_return(back, reason="salah hitung", on=day(7), by=chair)
    assert (counted(invoiced).open, balance(chart.SALES)) == (30_000, 480_000)
    assert_clean(day(90))
    again = take_back(sold, 5, invoice=invoiced, by=treasurer, on=day(8))
    assert (again.number, counted(invoiced).open) == ("RT-2026-0002", -30_000)
    assert_clean(day(90))


def test_what_was_not_invoiced_is_not_asked_for(sold, invoiced, treasurer):
    ship(sold, 20, on=day(9))
    back = take_back(sold, 5, by=treasurer, on=day(10))
    assert (back.amount, back.entry) == (0, None)
    second = sales.issue_invoice(sold, on=day(11), by=treasurer)
    assert second.amount == 15 * 12_000
    with pytest.raises(Refused):  # the next invoice did not ask for them
        sales.reverse_invoice(counted(invoiced), reason="x", on=day(12), by=treasurer)
    assert_clean(day(90))


def test_a_return_is_refused_with_the_way_out(sold, invoiced, budi, siti, treasurer, chair):
    for facts, field in (
        ({"quantity": 41, "invoice": invoiced}, f"line_{sold.lines.get().pk}"),
        ({"quantity": -1, "invoice": invoiced}, f"line_{sold.lines.get().pk}"),
        ({"quantity": 1}, f"line_{sold.lines.get().pk}"),  # all of it is invoiced
        ({"quantity": 0, "invoice": invoiced}, None),
        ({"quantity": 1, "invoice": invoiced, "reason": " "}, "reason"),
        ({"quantity": 1, "invoice": invoiced, "on": day(2)}, "on"),
    ):
        with pytest.raises(Refused) as refusal:
            take_back(sold, by=treasurer, **facts)
        assert refusal.value.field == field
    for person in (budi.user, siti.user):  # the cooperative sells: its treasurer writes
        with pytest.raises(Refused):
            take_back(sold, 1, invoice=invoiced, by=person)
    back = take_back(sold, 40, invoice=invoiced, by=treasurer)
    assert (back.member_part, owed(budi), counted(invoiced).open) == (456_000, 0, 0)
    with pytest.raises(Refused):
        sales.reverse_return(back, reason="x", on=day(6), by=treasurer)
    with pytest.raises(Refused):
        sales.reverse_invoice(invoiced, reason="x", on=day(6), by=chair)
    sales.reverse_return(back, reason="x", on=day(6), by=chair)
    with pytest.raises(Refused):
        sales.reverse_return(back, reason="x", on=day(6), by=chair)
    sales.reverse_invoice(invoiced, reason="x", on=day(6), by=chair)
    with pytest.raises(Refused):
        take_back(sold, 1, invoice=invoiced, by=treasurer)
    assert_clean(day(90))


def test_where_the_member_sells_a_return_is_written_and_not_posted(budi, sandal, secretary):
    order = an_order(budi, sandal, quantity=100)
    ship(order, 40)
    invoice = sales.issue_invoice(order, on=day(3), by=budi.user)
    sales.receive_payment(invoice, amount=480_000, method="cash", on=day(3), by=budi.user)
    back = take_back(order, 10, invoice=invoice, by=budi.user)
    sales.give_money_back(invoice, amount=120_000, method="cash", on=day(6), by=budi.user)
    assert (back.amount, back.entry, back.member_part, invoice.member_part) == (120_000, None, 0, 0)
    assert account_balance(Unit.UMUM, chart.SALES, as_of=day(90)) == 0
    assert_clean(day(90))


# -- a wrong delivery note -------------------------------------------------------------------------------------------


def test_a_wrong_delivery_note_is_reversed_and_written_again(sold, budi, secretary, treasurer, chair):
    wrong = ship(sold, 100)
    sold.refresh_from_db()
    assert sold.finished_on
    with pytest.raises(Refused):
        sales.reverse_shipment(wrong, reason="salah hitung", on=day(4), by=budi.user)
    invoice = sales.issue_invoice(sold, on=day(3), by=treasurer)
    with pytest.raises(Refused):
        sales.reverse_shipment(wrong, reason="salah hitung", on=day(4), by=secretary)
    sales.reverse_invoice(invoice, reason="salah hitung", on=day(4), by=chair)
    with pytest.raises(Refused):
        sales.reverse_shipment(wrong, reason="salah hitung", on=day(2), by=secretary)
    sales.reverse_shipment(wrong, reason="salah hitung", on=day(4), by=secretary)
    with pytest.raises(Refused):
        sales.reverse_shipment(wrong, reason="lagi", on=day(4), by=secretary)
    sold.refresh_from_db()
    assert sold.is_open
    assert [row.quantity for row in queries.jobs(budi, as_of=day(5))] == [100]
    assert sales_queries.market_levels(Quarter(2026, 1))[0][1] == 0
    assert ship(sold, 90, on=day(5)).number == "SJ-2026-0002"
    assert sales.issue_invoice(sold, on=day(5), by=treasurer).amount == 1_080_000
    assert_clean(day(90))


def test_the_workshop_had_sent_it_until_the_day_of_the_reversal(sold, budi, secretary):
    wrong = ship(sold, 40)
    sales.reverse_shipment(wrong, reason="salah hitung", on=day(9), by=secretary)
    assert [row.quantity for row in queries.jobs(budi, as_of=day(8))] == [60]
    assert [row.quantity for row in queries.jobs(budi, as_of=day(9))] == [100]


# -- what the member gets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "kept_bp", "part"),
    [(480_000, 500, 456_000), (99, 500, 94), (10, 500, 9), (7, 0, 7), (7, 10_000, 0)],
)
def test_what_the_cooperative_keeps_is_rounded_half_up(amount, kept_bp, part):
    assert member_part(amount, kept_bp) == part


def test_the_claim_arises_with_the_invoice_and_is_paid_once(sold, invoiced, budi, siti, treasurer, chair):
    builders.savings_rules(by=chair, on=day(-60))
    assert (invoiced.member_part, owed(budi), balance(chart.COST_OF_SALES)) == (456_000, 456_000, 456_000)
    with pytest.raises(Refused):
        sales.pay_proceeds(invoiced, amount=456_001, method="cash", on=day(4), by=treasurer)
    with pytest.raises(Refused):
        sales.pay_proceeds(invoiced, amount=1, method="cash", on=day(2), by=treasurer)
    with pytest.raises(Refused):
        sales.pay_proceeds(invoiced, amount=1, method="cash", on=day(4), by=budi.user)
    first = sales.pay_proceeds(invoiced, amount=56_000, method="cash", on=day(4), by=treasurer)
    assert (first.receipt.party, first.receipt.direction) == (budi.name, Receipt.Direction.OUT)
    second = sales.pay_proceeds(invoiced, amount=400_000, method="savings", on=day(4), by=treasurer)
    assert member_balance(budi, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=day(90)) == 400_000
    assert account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=day(90)) == -400_000
    assert (owed(budi), counted(invoiced).member_open) == (0, 0)
    with pytest.raises(Refused):
        sales.pay_proceeds(invoiced, amount=1, method="cash", on=day(5), by=treasurer)
    assert_clean(day(90))

    with pytest.raises(Refused):  # the member was paid for it
        sales.reverse_invoice(invoiced, reason="salah", on=day(5), by=chair)
    with pytest.raises(Refused):
        sales.reverse_proceeds(second, reason="salah", on=day(5), by=treasurer)
    sales.reverse_proceeds(second, reason="mau tunai", on=day(5), by=chair)
    with pytest.raises(Refused):
        sales.reverse_proceeds(second, reason="lagi", on=day(5), by=chair)
    assert (owed(budi), member_balance(budi, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=day(90))) == (400_000, 0)
    sales.pay_proceeds(invoiced, amount=400_000, method="cash", on=day(6), by=treasurer)
    assert (owed(budi), balance(chart.CASH) - builders.CAPITAL) == (0, -456_000)
    assert_clean(day(90))


def test_goods_that_come_back_after_it_was_paid_are_paid_back(sold, invoiced, budi, treasurer, chair):
    sales.pay_proceeds(invoiced, amount=456_000, method="cash", on=day(4), by=treasurer)
    back = take_back(sold, 10, invoice=invoiced, by=treasurer)
    assert (owed(budi), [row.member_open for row in sales_queries.proceeds(Invoice.objects.all(), as_of=day(9))]) == (
        -114_000,
        [-114_000],
    )
    with pytest.raises(Refused) as refusal:
        sales.pay_proceeds(invoiced, amount=114_000, method="savings", on=day(6), by=treasurer)
    assert refusal.value.field == "method"
    paid = sales.pay_proceeds(invoiced, amount=114_000, method="cash", on=day(6), by=treasurer)
    assert (paid.is_back, paid.receipt.direction, owed(budi)) == (True, Receipt.Direction.IN, 0)
    assert not sales_queries.proceeds(Invoice.objects.all(), as_of=day(9))
    with pytest.raises(Refused):
        sales.reverse_return(back, reason="x", on=day(7), by=chair)
    assert_clean(day(90))


def test_the_terms_of_the_day_of_the_order_hold(sold, budi, sandal, chair, treasurer):
    """Ten percent from the next week on: the order of today keeps its five."""
    selling_rules(by=chair, on=day(7), kept_bp=1_000)
    ship(sold, 100, on=day(9))
    assert sales.issue_invoice(sold, on=day(9), by=treasurer).member_part == 1_140_000
    later = an_order(budi, sandal, quantity=10, on=day(9))
    assert sales.set_terms(later, seller="cooperative", deposit_asked=0, terms_days=0, by=budi.user).kept_bp == 1_000
    assert sales.set_terms(later, seller="member", deposit_asked=0, terms_days=0, by=budi.user).kept_bp == 0


# -- in the browser --------------------------------------------------------------------------------------------------


def test_the_pages_lead_from_the_return_to_the_money(client, budi, sandal, treasurer, chair, secretary):
    """As the treasurer walks: invoiced, paid, ten come back, money given back, the member paid; then all undone."""
    order = an_order(budi, sandal, quantity=100, on=today())
    sales.set_terms(order, seller="cooperative", deposit_asked=0, terms_days=0, by=budi.user)
    ship(order, 40, on=today())
    invoice = sales.issue_invoice(order, on=today(), by=treasurer)
    sales.receive_payment(invoice, amount=480_000, method="cash", on=today(), by=treasurer)
    client.force_login(treasurer)
    assert reverse("sales:take-back", args=[order.pk]) in client.get(reverse("orders:detail", args=[order.pk])).text
    form = {f"line_{order.lines.get().pk}": "10", "invoice": str(invoice.pk), "reason": "", "on": today().isoformat()}
    again = post(client, "sales:take-back", form, order.pk)
    assert (again.status_code, again.context["form"].errors.keys()) == (200, {"reason"})
    assert again.context["form"][f"line_{order.lines.get().pk}"].value() == "10"  # what was typed stays
    assert post(client, "sales:take-back", form | {"reason": "jahitan lepas"}, order.pk).status_code == 302
    back = BuyerReturn.objects.get()
    assert client.get(reverse("sales:return-paper", args=[back.pk])).status_code == 200
    money = {"amount": "120.000", "method": "cash", "on": today().isoformat()}
    assert post(client, "sales:give-money-back", money, invoice.pk).status_code == 302
    assert "360.000" in client.get(reverse("orders:settlements")).text
    assert post(client, "sales:pay-proceeds", money | {"amount": "360.000"}, invoice.pk).status_code == 302
    shown = client.get(reverse("orders:detail", args=[order.pk])).text
    for words in ("RT-", "120.000", "360.000", "Uang anggota"):
        assert words in shown
    client.force_login(chair)
    undo = {"reason": "salah tulis", "on": today().isoformat()}
    assert post(client, "sales:reverse-proceeds", undo, ProceedsPayment.objects.get().pk).status_code == 302
    assert post(client, "sales:reverse-payment", undo, order.payments.get(kind="returned").pk).status_code == 302
    assert post(client, "sales:reverse-return", undo, back.pk).status_code == 302
    assert post(client, "sales:reverse-payment", undo, order.payments.get(kind="invoice").pk).status_code == 302
    assert post(client, "sales:reverse-invoice", undo, invoice.pk).status_code == 302
    assert post(client, "sales:reverse-shipment", undo, order.shipments.get().pk).status_code == 302
    assert "jahitan lepas" in client.get(reverse("orders:detail", args=[order.pk])).text
    assert_clean(today())


def test_who_may_not_see_or_do_it(client, sold, invoiced, siti, budi, treasurer):
    back = take_back(sold, 1, invoice=invoiced, by=treasurer)
    client.force_login(siti.user)
    for name, pk in (
        ("sales:take-back", sold.pk),
        ("sales:return-paper", back.pk),
        ("sales:reverse-return", back.pk),
        ("sales:reverse-shipment", sold.shipments.get().pk),
        ("sales:give-money-back", invoiced.pk),
    ):
        assert client.get(reverse(name if ":" in name else f"orders:{name}", args=[pk])).status_code == 404
    for member in (siti, budi):
        client.force_login(member.user)
        assert client.get(reverse("sales:pay-proceeds", args=[invoiced.pk])).status_code == 403
    assert "Uang anggota" in client.get(reverse("orders:detail", args=[sold.pk])).text  # his own claim he sees


# -- the database says no first --------------------------------------------------------------------------------------


def test_the_database_keeps_what_was_written(sold, invoiced, budi, treasurer, chair):
    back = take_back(sold, 10, invoice=invoiced, by=treasurer)
    paid = sales.pay_proceeds(invoiced, amount=1_000, method="cash", on=day(6), by=treasurer)
    undone = {"reversed_on": day(7), "reversal_reason": "x"}
    refused(BuyerReturn.objects.all(), "sales_buyerreturn_reversed_by_others", reversed_by=treasurer, **undone)
    refused(BuyerReturn.objects.all(), "sales_buyerreturn_reversed_by_others", reversed_on=day(7))
    refused(ProceedsPayment.objects.all(), "sales_proceedspayment_reversed_by_others", reversed_by=treasurer, **undone)
    refused(Shipment.objects.all(), "sales_shipment_reversed_by_others", reversed_by=budi.user, **undone)
    for rows, values in (
        (BuyerReturn.objects.all(), {"amount": 1}),
        (BuyerReturn.objects.all(), {"reason": ""}),
        (ProceedsPayment.objects.all(), {"amount": 0}),
        (ProceedsPayment.objects.all(), {"method": "savings"}),
        (Invoice.objects.all(), {"member_part": 1}),
        (Shipment.objects.all(), {"sent_on": day(1)}),
        (ReturnLine.objects.all(), {"quantity": 1}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)
    for row in (back, paid, back.lines.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    wrong = {"order": sold, "returned_on": day(5), "reason": "x", "recorded_by": chair}
    for facts in (
        {"invoice": None, "amount": 5},
        {"invoice": invoiced, "amount": 0},
        {"invoice": invoiced, "amount": 5, "member_part": 6},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            BuyerReturn.objects.create(number="RT-2026-0009", **wrong, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnLine.objects.create(back=back, line=sold.lines.get(), quantity=1)
    refused(type(sold).objects.all(), "orders_order_terms_known", kept_bp=10_001)
    refused(type(sold).objects.all(), "orders_order_terms_known", seller="member")
