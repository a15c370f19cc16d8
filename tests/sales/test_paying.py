"""Money of a sale: by every channel, what leaves with a second approval, and the entry that leads to the order."""

import pytest
from django.urls import reverse

from core.errors import Refused
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Unit
from ledger.queries import account_balance, member_balance
from sales import services as sales
from sales.models import BuyerPayment, ProceedsPayment
from tests import builders
from tests.books import assert_clean
from tests.orders.builders import an_order, day
from tests.sales.test_selling import ship
from tests.treasury.builders import a_bank, spending_rules
from treasury.models import PaymentRequest
from treasury.services import confirm_payment

pytestmark = pytest.mark.usefixtures("books")


@pytest.fixture
def order(budi, sandal):
    """40 pairs at 12,000, sold by the cooperative: 480,000."""
    order = an_order(budi, sandal)
    return sales.set_terms(order, seller="cooperative", deposit_asked=100_000, terms_days=0, by=budi.user)


@pytest.fixture
def invoice(order, treasurer):
    ship(order, 40)
    return sales.issue_invoice(order, on=day(3), by=treasurer)


def money(*codes):
    return [account_balance(Unit.UMUM, code, as_of=day(60)) for code in codes]


def test_buyer_pays_by_qris_and_to_the_second_bank_account(invoice, treasurer):
    a_bank(treasurer)
    a_bank(treasurer, bank="BRI", number="0012")
    sales.receive_payment(invoice, amount=80_000, method=Channel.QRIS, on=day(4), by=treasurer)
    paid = sales.receive_payment(invoice, amount=400_000, method=Way(Channel.BANK, "1103"), on=day(4), by=treasurer)
    assert (paid.method, paid.receipt.amount, money(chart.QRIS, chart.BANK, "1103")) == (
        "bank",
        400_000,
        [80_000, 0, 400_000],
    )
    assert_clean(day(60))


def test_deposit_above_the_limit_goes_back_with_a_second_approval(order, treasurer, chair):
    spending_rules(by=chair, alone_up_to=50_000, on=day(0))
    sales.receive_deposit(order, amount=100_000, method="cash", on=day(1), by=treasurer)
    request = sales.give_back_deposit(order, amount=100_000, method="cash", on=day(2), by=treasurer)
    assert isinstance(request, PaymentRequest)
    with pytest.raises(Refused):
        sales.give_back_deposit(order, amount=100_000, method="cash", on=day(2), by=treasurer)
    _request, back = confirm_payment(request, on=day(3), by=chair)
    assert (back.kind, back.receipt.direction, back.recorded_by, money(chart.CASH)) == ("refund", "out", treasurer, [0])
    assert_clean(day(60))


def test_deposit_that_an_invoice_took_meanwhile_does_not_go_back(order, treasurer, chair):
    """The request waits, the invoice takes the deposit off, the second approval is refused."""
    spending_rules(by=chair, alone_up_to=50_000, on=day(0))
    sales.receive_deposit(order, amount=100_000, method="cash", on=day(1), by=treasurer)
    request = sales.give_back_deposit(order, amount=100_000, method="cash", on=day(2), by=treasurer)
    ship(order, 40)
    sales.issue_invoice(order, on=day(3), by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=day(4), by=chair)
    assert BuyerPayment.objects.count() == 1


def test_member_is_paid_from_the_bank_and_does_not_confirm_it(invoice, budi, treasurer, chair, secretary):
    """Budi is the chair: the secretary gives the second approval."""
    budi.user = chair
    budi.save()
    a_bank(treasurer)
    builders.capital(500_000, on=day(0), code=chart.BANK, units=[Unit.UMUM])
    spending_rules(by=secretary, alone_up_to=50_000, on=day(0))
    request = sales.pay_proceeds(invoice, amount=480_000, method=Way(Channel.BANK, "1102"), on=day(4), by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=day(5), by=chair)
    _request, paid = confirm_payment(request, on=day(5), by=secretary)
    assert (paid.method, paid.receipt.amount, money(chart.BANK)) == ("bank", 480_000, [20_000])
    assert member_balance(budi, Unit.UMUM, chart.MEMBER_SALES_PAYABLE, as_of=day(60)) == 0
    assert_clean(day(60))


def test_member_does_not_pay_back_out_of_nothing(invoice, treasurer, chair):
    """Paid, then 10 pairs came back: 120,000 come back from the member, by QRIS."""
    builders.capital(480_000, on=day(0), units=[Unit.UMUM])
    sales.pay_proceeds(invoice, amount=480_000, method="cash", on=day(4), by=treasurer)
    line = invoice.order.lines.get()
    sales.take_back(invoice.order, quantities={line: 10}, invoice=invoice, reason="jahitan", on=day(5), by=treasurer)
    with pytest.raises(Refused):
        sales.pay_proceeds(invoice, amount=120_000, method="savings", on=day(6), by=treasurer)
    back = sales.pay_proceeds(invoice, amount=120_000, method=Channel.QRIS, on=day(6), by=treasurer)
    assert (back.is_back, money(chart.QRIS)) == (True, [120_000])
    assert ProceedsPayment.objects.count() == 2


def test_entries_of_a_sale_lead_to_the_order(client, invoice, treasurer):
    builders.capital(480_000, on=day(0), units=[Unit.UMUM])
    line = invoice.order.lines.get()
    rows = [
        invoice,
        sales.receive_payment(invoice, amount=480_000, method="cash", on=day(4), by=treasurer),
        sales.pay_proceeds(invoice, amount=480_000, method="cash", on=day(4), by=treasurer),
        sales.take_back(invoice.order, quantities={line: 1}, invoice=invoice, reason="x", on=day(5), by=treasurer),
    ]
    client.force_login(treasurer)
    for row in rows:
        page = client.get(reverse("ledger:entry", args=[row.entry_id]))
        assert page.context["origin"] == reverse("orders:detail", args=[invoice.order_id])
