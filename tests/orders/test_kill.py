"""Pay for handed-over work is whole or not there when the machine dies: killed before every single statement."""

import pytest

from ledger import chart
from ledger.models import Entry, Receipt, Unit
from ledger.queries import account_balance
from orders import services
from orders.models import Settlement
from tests.books import assert_clean
from tests.killing import killed_before_every_statement
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.treasury.builders import spending_rules
from treasury.models import PaymentRequest

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("books")]

START = """
import datetime
from core.models import User
from orders import services
from orders.models import Settlement
from treasury.models import PaymentRequest
from treasury.services import confirm_payment
"""


@pytest.fixture
def paid(budi, siti, sandal, treasurer, chair):
    """162,000 wait for Siti; the treasurer pays out 100,000 alone."""
    spending_rules(by=chair, alone_up_to=100_000)
    claim = a_claim(an_offer(an_order(budi, sandal), price=9_000), siti, quantity=20)
    return services.settle(a_confirmed_delivery(claim, accepted=18), method="cash", on=day(9), by=treasurer)


def test_killed_between_the_request_and_the_posting(paid, treasurer):
    """Killed while asking there is one request or none; killed while confirming it is paid once, with one receipt."""
    before = Entry.objects.count(), Receipt.objects.count()
    asked = START + (
        f"services.pay_out(Settlement.objects.get(), method='cash', on=datetime.date.fromisoformat('{day(10)}'), "
        "by=User.objects.get(username='treasurer'))"
    )
    assert killed_before_every_statement(asked) > 3
    assert (PaymentRequest.objects.count(), Settlement.objects.get().paid_on) == (1, None)
    confirmed = START + (
        f"confirm_payment(PaymentRequest.objects.get(), on=datetime.date.fromisoformat('{day(11)}'), "
        "by=User.objects.get(username='chair'))"
    )
    assert killed_before_every_statement(confirmed) > 10
    assert (Entry.objects.count(), Receipt.objects.count()) == (before[0] + 1, before[1] + 1)
    assert (Settlement.objects.get().paid_on, account_balance(Unit.UMUM, chart.CASH, as_of=day(60))) == (day(11), 0)
    assert_clean(day(60))
