"""From the workshop to the buyer's money: 100 pairs at Rp 12.000 are Rp 1.200.000; 40 go first, then 60."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from core.errors import Refused
from core.models import AuditEvent
from core.uploads import Upload
from ledger import chart
from ledger import queries as ledger
from ledger.models import Entry, Receipt, Unit
from orders import queries, services
from orders.models import LinePhoto, Progress
from pricing import services as pricing
from sales import queries as sales_queries
from sales import services as sales
from sales.models import BuyerPayment, Invoice, ShipmentLine
from tests import books as check_books
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.orders.test_constraints import refused
from tests.pricing.builders import a_price_list

pytestmark = pytest.mark.usefixtures("books")


def ship(order, quantity, *, on=None, by=None):
    line = order.lines.get()
    return sales.ship(order, quantities={line: Decimal(quantity)}, on=on or day(3), by=by or order.member.user)


def balance(code):
    return ledger.account_balance(Unit.UMUM, code, as_of=day(90))


@pytest.fixture
def order(budi, sandal):
    return an_order(budi, sandal, quantity=100)


@pytest.fixture
def sold(order, secretary):
    """The cooperative sells it: half a million as a deposit, 14 days to pay."""
    facts = {"seller": "cooperative", "deposit_asked": 500_000, "terms_days": 14}
    return sales.set_terms(order, by=order.member.user, **facts)


# -- making ----------------------------------------------------------------------------------------------------------


def test_what_is_made_leaves_the_weeks_free(order, budi, siti):
    a_claim(an_offer(order, quantity=60), siti, quantity=60)
    line = order.lines.get()
    [job] = queries.jobs(budi, as_of=day(5))
    assert job.quantity == 40
    services.tell_progress(line, made=Decimal(25), on=day(2), by=budi.user)
    services.tell_progress(line, made=Decimal(30), on=day(2), by=budi.user)  # the same day corrects
    assert [row.quantity for row in queries.jobs(budi, as_of=day(1))] == [40]
    assert [row.quantity for row in queries.jobs(budi, as_of=day(5))] == [10]
    assert Progress.objects.count() == 1
    for made, field in ((41, "made"), (-1, "made"), ("0.5", "quantity")):
        with pytest.raises(Refused) as refusal:
            services.tell_progress(line, made=Decimal(made), on=day(3), by=budi.user)
        assert refusal.value.field in (field, "quantity")
    with pytest.raises(Refused):
        services.tell_progress(line, made=Decimal(5), on=day(-1), by=budi.user)
    with pytest.raises(Refused):
        services.tell_progress(line, made=Decimal(5), on=day(3), by=siti.user)


def test_a_specification_has_words_and_some_photos(order, budi, siti, tono, treasurer):
    line = order.lines.get()
    photo = Upload("contoh.jpg", "image/jpeg", b"not looked at here")
    for _number in range(6):
        services.specify(line, specification=" Cokelat tua ", photo=photo, by=budi.user)
    with pytest.raises(Refused) as refusal:
        services.specify(line, specification="Cokelat tua", photo=photo, by=budi.user)
    assert refusal.value.field == "photo"
    line.refresh_from_db()
    assert line.specification == "Cokelat tua"
    assert LinePhoto.objects.visible_to(budi.user).count() == LinePhoto.objects.visible_to(treasurer).count() == 6
    assert not LinePhoto.objects.visible_to(siti.user).exists()
    an_offer(order, quantity=10)
    assert LinePhoto.objects.visible_to(siti.user).count() == 6  # who reads the board sees what is wanted


# -- sending ---------------------------------------------------------------------------------------------------------


def test_the_order_goes_in_parts_and_is_finished_with_the_last(order, budi):
    first = ship(order, 40)
    assert first.number == "SJ-2026-0001"
    order.refresh_from_db()
    assert order.is_open
    assert [row.quantity for row in queries.jobs(budi, as_of=day(5))] == [60]
    with pytest.raises(Refused) as refusal:
        ship(order, 61)
    assert refusal.value.field == f"line_{order.lines.get().pk}"
    for nothing in (0, "0.5", -1):
        with pytest.raises(Refused):
            ship(order, nothing)
    assert ship(order, 60, on=day(9)).number == "SJ-2026-0002"
    order.refresh_from_db()
    assert order.finished_on == day(9)


def test_what_is_with_other_hands_cannot_go_along(order, siti):
    claim = a_claim(an_offer(order, quantity=60), siti, quantity=60)
    with pytest.raises(Refused) as refusal:
        ship(order, 41)
    assert "40 pasang" in str(refusal.value)
    a_confirmed_delivery(claim, accepted=50)
    assert ship(order, 100, on=day(10))  # what came back badly he makes himself
    order.refresh_from_db()
    assert order.finished_on == day(10)


def test_finishing_sends_all_that_is_left(order, budi):
    ship(order, 40)
    sales.finish(order, on=day(5), by=budi.user)
    assert list(ShipmentLine.objects.order_by("pk").values_list("quantity", flat=True)) == [40, 60]


def test_a_cancelled_order_with_work_out_stays_and_what_went_is_still_invoiced(order, budi, siti):
    claim = a_claim(an_offer(order, quantity=10), siti, quantity=10)
    ship(order, 40)
    with pytest.raises(Refused):
        services.cancel(order, reason="toko tutup", on=day(4), by=budi.user)
    services.withdraw_claim(claim, on=day(4), by=siti.user)
    services.cancel(order, reason="toko tutup", on=day(4), by=budi.user)
    assert sales.issue_invoice(order, on=day(5), by=budi.user).amount == 480_000
    with pytest.raises(Refused):
        ship(order, 1)


# -- the member sells ------------------------------------------------------------------------------------------------


def test_where_the_member_sells_nothing_is_posted(order, budi, siti):
    sales.receive_deposit(order, amount=200_000, method="cash", on=day(1), by=budi.user)
    ship(order, 40)
    invoice = sales.issue_invoice(order, on=day(3), by=budi.user)
    assert (invoice.number, invoice.amount, invoice.deposit_used, invoice.due_on) == (
        "FK-2026-0001",
        480_000,
        200_000,
        day(3),
    )
    with pytest.raises(Refused) as refusal:
        sales.receive_payment(invoice, amount=280_001, method="cash", on=day(4), by=budi.user)
    assert refusal.value.field == "amount"
    assert "280.000" in str(refusal.value)
    sales.receive_payment(invoice, amount=100_000, method="cash", on=day(4), by=budi.user)
    [open_one] = sales_queries.receivables(Invoice.objects.all(), as_of=day(40))
    assert (open_one.open, open_one.days_late, open_one.age) == (180_000, 37, "two")
    assert sales_queries.receivables(Invoice.objects.visible_to(siti.user), as_of=day(40)) == []
    assert not Entry.objects.exists()
    assert not Receipt.objects.exists()
    with pytest.raises(Refused):
        sales.receive_payment(invoice, amount=1, method="cash", on=day(4), by=siti.user)
    check_books.assert_clean(day(90))


# -- the cooperative sells -------------------------------------------------------------------------------------------


def test_deposit_invoices_and_payments_in_the_books(sold, budi, treasurer, chair):
    """Deposit 500.000; 40 pairs: 480.000 all from the deposit; 60 pairs: 720.000 − 20.000 = 700.000 to pay."""
    with pytest.raises(Refused):
        sales.receive_deposit(sold, amount=500_000, method="cash", on=day(1), by=budi.user)
    with pytest.raises(Refused) as refusal:
        sales.receive_deposit(sold, amount=1_200_001, method="cash", on=day(1), by=treasurer)
    assert "1.200.000" in str(refusal.value)
    deposit = sales.receive_deposit(sold, amount=500_000, method="bank", on=day(1), by=treasurer)
    assert (balance(chart.BANK), balance(chart.BUYER_DEPOSITS)) == (500_000, 500_000)
    assert deposit.receipt.party == "Toko Mirasa"

    ship(sold, 40)
    first = sales.issue_invoice(sold, on=day(3), by=treasurer)
    assert (first.amount, first.deposit_used, first.due_on) == (480_000, 480_000, day(17))
    assert (balance(chart.PARTNER_RECEIVABLES), balance(chart.SALES)) == (0, 480_000)
    ship(sold, 60, on=day(9))
    second = sales.issue_invoice(sold, on=day(9), by=treasurer)
    assert (second.amount, second.deposit_used) == (720_000, 20_000)
    sales.receive_payment(second, amount=300_000, method="cash", on=day(20), by=treasurer)
    assert balance(chart.PARTNER_RECEIVABLES) == 400_000
    assert balance(chart.CASH) == 300_000
    assert (balance(chart.BUYER_DEPOSITS), balance(chart.SALES)) == (0, 1_200_000)
    with pytest.raises(Refused):
        sales.issue_invoice(sold, on=day(10), by=treasurer)  # nothing is left to ask for
    check_books.assert_clean(day(90))

    wrong = BuyerPayment.objects.get(kind="invoice")
    with pytest.raises(Refused):
        sales.reverse_payment(wrong, reason="salah tulis", on=day(21), by=treasurer)
    with pytest.raises(Refused):
        sales.reverse_invoice(second, reason="salah", on=day(21), by=chair)  # money stands on it
    sales.reverse_payment(wrong, reason="salah tulis", on=day(21), by=chair)
    with pytest.raises(Refused):
        sales.reverse_payment(wrong, reason="lagi", on=day(21), by=chair)
    with pytest.raises(Refused):
        sales.reverse_payment(deposit, reason="salah", on=day(21), by=chair)  # invoices used it
    sales.reverse_invoice(second, reason="salah", on=day(22), by=chair)
    assert (balance(chart.PARTNER_RECEIVABLES), balance(chart.BUYER_DEPOSITS), balance(chart.CASH)) == (0, 20_000, 0)
    again = sales.issue_invoice(sold, on=day(22), by=treasurer)
    assert (again.number, again.amount, again.deposit_used) == ("FK-2026-0003", 720_000, 20_000)
    with pytest.raises(Refused):
        sales.reverse_invoice(again, reason="x", on=day(23), by=treasurer)
    check_books.assert_clean(day(90))


def test_a_deposit_that_no_invoice_needs_goes_back(sold, budi, treasurer):
    sales.receive_deposit(sold, amount=500_000, method="cash", on=day(1), by=treasurer)
    services.cancel(sold, reason="batal", on=day(2), by=budi.user)
    with pytest.raises(Refused) as refusal:
        sales.give_back_deposit(sold, amount=500_001, method="cash", on=day(3), by=treasurer)
    assert refusal.value.field == "amount"
    back = sales.give_back_deposit(sold, amount=500_000, method="cash", on=day(3), by=treasurer)
    assert back.receipt.direction == Receipt.Direction.OUT
    assert (balance(chart.CASH), balance(chart.BUYER_DEPOSITS)) == (0, 0)
    check_books.assert_clean(day(90))


def test_the_agreed_price_stays_whatever_the_lists_say_since(sold, sandal, treasurer, secretary, chair):
    a_price_list({sandal: 15_000}, start=day(2), drafter=secretary, decider=chair)
    pricing.correct_item(
        sandal,
        code="SDL",
        name="Sandal",
        kind="product",
        base_unit=sandal.base_unit,
        skill=None,
        is_active=True,
        version=sandal.version,
        by=secretary,
    )
    ship(sold, 100)
    assert sales.issue_invoice(sold, on=day(4), by=treasurer).amount == 1_200_000


def test_terms_are_agreed_before_money_moves(sold, budi, treasurer):
    with pytest.raises(Refused) as refusal:
        sales.set_terms(sold, seller="member", deposit_asked=1_200_001, terms_days=0, by=budi.user)
    assert refusal.value.field == "deposit_asked"
    sales.receive_deposit(sold, amount=1, method="cash", on=day(1), by=treasurer)
    with pytest.raises(Refused):
        sales.set_terms(sold, seller="member", deposit_asked=0, terms_days=0, by=budi.user)


def test_dates_go_forward(sold, treasurer, chair):
    with pytest.raises(Refused):
        sales.receive_deposit(sold, amount=1, method="cash", on=day(-1), by=treasurer)
    ship(sold, 40)
    with pytest.raises(Refused):
        sales.issue_invoice(sold, on=day(2), by=treasurer)
    invoice = sales.issue_invoice(sold, on=day(3), by=treasurer)
    with pytest.raises(Refused):
        sales.receive_payment(invoice, amount=1, method="cash", on=day(2), by=treasurer)
    with pytest.raises(Refused):
        sales.reverse_invoice(invoice, reason="x", on=day(2), by=chair)


def test_every_step_is_in_the_trail(order, budi):
    services.tell_progress(order.lines.get(), made=Decimal(5), on=MONDAY, by=budi.user)
    ship(order, 5)
    sales.issue_invoice(order, on=day(3), by=budi.user)
    actions = AuditEvent.objects.filter(subject=f"orders.order:{order.pk}").order_by("pk")
    assert [event.action for event in actions] == ["order.taken", "order.progress", "shipment.sent", "invoice.issued"]


# -- around the services ---------------------------------------------------------------------------------------------


@pytest.fixture
def invoice(sold, treasurer):
    ship(sold, 40)
    return sales.issue_invoice(sold, on=day(3), by=treasurer)


@pytest.mark.parametrize(
    "values", [{"amount": 1}, {"deposit_used": 1}, {"number": "FK-2026-9999"}, {"due_on": day(60)}, {"entry": None}]
)
def test_an_invoice_stays_as_it_was_issued(invoice, values):
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).delete()


def test_four_eyes_in_the_database(invoice, treasurer):
    half = {"reversed_on": day(4)}
    whole = half | {"reversed_by": treasurer, "reversal_reason": "x"}
    refused(Invoice.objects.all(), "sales_invoice_reversed_by_others", **half)
    refused(Invoice.objects.all(), "sales_invoice_reversed_by_others", **whole)
    sales.receive_payment(invoice, amount=1_000, method="cash", on=day(4), by=treasurer)
    refused(BuyerPayment.objects.all(), "sales_buyerpayment_reversed_by_others", **whole)
    with pytest.raises(DatabaseError), transaction.atomic():
        BuyerPayment.objects.update(amount=2_000)
    with pytest.raises(DatabaseError), transaction.atomic():
        BuyerPayment.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ShipmentLine.objects.update(quantity=1)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sales_invoice_amount_positive", {"amount": 0, "deposit_used": 0}),
        ("sales_invoice_deposit_within", {"amount": 5, "deposit_used": 6}),
        ("sales_invoice_dates_in_order", {"amount": 5, "due_on": day(0)}),
    ],
)
def test_a_wrong_invoice_cannot_be_written(invoice, treasurer, name, values):
    facts = {"order": invoice.order, "issued_on": day(3), "due_on": day(3), "issued_by": treasurer, "number": "X"}
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        Invoice.objects.create(**facts | values)
    assert error.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sales_buyerpayment_amount_positive", {"amount": 0}),
        ("sales_buyerpayment_on_an_invoice", {"kind": "invoice"}),
        ("sales_buyerpayment_method_known", {"method": "barter"}),
    ],
)
def test_a_wrong_payment_cannot_be_written(sold, treasurer, name, values):
    facts = {
        "order": sold,
        "kind": "deposit",
        "amount": 5,
        "method": "cash",
        "paid_on": day(3),
        "recorded_by": treasurer,
    }
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        BuyerPayment.objects.create(**facts | values)
    assert error.value.__cause__.diag.constraint_name == name


def test_progress_is_never_negative_and_told_once_a_day(order, budi):
    services.tell_progress(order.lines.get(), made=Decimal(5), on=MONDAY, by=budi.user)
    refused(Progress.objects.all(), "orders_progress_not_negative", made=-1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Progress.objects.create(line=order.lines.get(), made=1, told_on=MONDAY, told_by=budi.user)


def test_terms_are_sensible_in_the_database(order):
    refused(type(order).objects.all(), "orders_order_terms_known", seller="somebody")
    refused(type(order).objects.all(), "orders_order_terms_known", terms_days=366)
