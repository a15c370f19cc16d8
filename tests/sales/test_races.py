"""Real threads on a real database: what came back, and what the member gets, is written once."""

from decimal import Decimal

import pytest

from ledger import chart
from ledger.models import Unit
from ledger.queries import member_balance
from sales import services as sales
from sales.models import BuyerReturn, Invoice
from tests.books import assert_clean
from tests.orders.builders import an_order, day
from tests.orders.test_races import at_once
from tests.sales.test_selling import ship

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("capital")]


@pytest.fixture
def invoice(budi, sandal, treasurer):
    """40 pairs at 12,000, sold by the cooperative, which keeps nothing: 480,000 are Budi's."""
    order = sales.set_terms(an_order(budi, sandal), seller="cooperative", deposit_asked=0, terms_days=0, by=budi.user)
    ship(order, 40)
    return sales.issue_invoice(order, on=day(3), by=treasurer)


def test_two_officers_pay_the_member_at_the_same_moment(invoice, budi, treasurer, chair):
    done, refusals = at_once(
        [
            lambda by=by: sales.pay_proceeds(invoice, amount=480_000, method="cash", on=day(4), by=by)
            for by in (treasurer, chair, treasurer, chair)
        ]
    )
    assert (len(done), len(refusals)) == (1, 3)
    assert member_balance(budi, Unit.UMUM, chart.MEMBER_SALES_PAYABLE, as_of=day(9)) == 0
    assert_clean(day(9))


def test_the_same_thirty_come_back_once(invoice, treasurer, chair):
    line = invoice.order.lines.get()

    def back(by):
        facts = {"quantities": {line: Decimal(30)}, "invoice": invoice, "reason": "jahitan lepas", "on": day(5)}
        return sales.take_back(invoice.order, by=by, **facts)

    done, refusals = at_once([lambda by=by: back(by) for by in (treasurer, chair)])
    assert (len(done), len(refusals)) == (1, 1)
    assert "10 pasang" in refusals[0]
    assert BuyerReturn.objects.count() == 1
    assert_clean(day(9))


def test_a_reversal_meets_the_payment_that_stands_on_the_invoice(invoice, treasurer, chair):
    """Whichever comes first: never is the member paid for an invoice that was undone."""
    at_once(
        [
            lambda: sales.pay_proceeds(invoice, amount=480_000, method="cash", on=day(4), by=treasurer),
            lambda: sales.reverse_invoice(invoice, reason="salah", on=day(4), by=chair),
        ]
    )
    found = Invoice.objects.get()
    assert (found.reversed_on is None) == found.proceeds.exists()
    assert_clean(day(9))
