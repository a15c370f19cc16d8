"""Two members and one forgotten roll of leather: the day moves, nobody brings it back, the ladder climbs to a case.

2 March  Budi lends Siti 40 of 100 SF; no order needs it, so it is back by 1 April.
4 March  An order of 50 pairs, due on 25 March, takes 82.5 SF; with 60 left Budi lacks 22.5, so it is back by 18 March.
15       reminder, 3 days before     19  notice, a day after     25  letter 1, 7 days after
 8 April letter 2, 14 days later     22  letter 3                 6 May  case
 7 May   Siti brings 30 SF back and pays 10 at the treasurer's: 330,000 into Budi's savings. The case is told.
"""

import datetime
from decimal import Decimal

import pytest

from governance.models import Case, Ladder, Letter
from governance.services.ladder import climb
from ledger.models import Receipt
from orders import services as orders
from savings import queries as savings
from stock import queries
from stock import services as stock
from stock.models import StockLoan
from tests import builders
from tests.books import assert_clean
from tests.governance.builders import climb_to, ladder_rules
from tests.pricing.builders import a_price_list, an_item
from tests.stock.builders import bought, stock_rules, used


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def leather(books, chair, secretary, treasurer):
    builders.savings_rules(by=chair)
    stock_rules(by=chair)
    ladder_rules(by=chair, about="material")
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    leather = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    a_price_list({sandal: 12_000, leather: 33_000}, start=day(1, 12), drafter=secretary, decider=chair)
    stock.write_bill(sandal, material=leather, quantity=Decimal("1.5"), waste_bp=1_000, by=secretary)
    return leather


def outlook(loan, on):
    [row] = queries.outlooks(StockLoan.objects.running(as_of=on).filter(pk=loan.pk), as_of=on)
    return row


def test_the_forgotten_roll(leather, secretary, treasurer):
    budi = builders.a_member_in("Budi Hartono", by=treasurer, username="budi")
    siti = builders.a_member_in("Siti Rahayu", by=treasurer, username="siti")
    bought(budi, leather, 100, on=day(3, 2))
    loan = stock.lend(budi, siti, item=leather, quantity=Decimal(40), handed_on=day(3, 2), on=day(3, 2), by=budi.user)
    stock.confirm(loan, on=day(3, 2), by=siti.user)
    assert outlook(loan, day(3, 2)).return_on == day(4, 1)

    sandal = leather.__class__.objects.get(code="SDL")
    order = orders.take_order(
        budi,
        partner=builders.a_partner("Toko Mirasa", by=secretary),
        lines=[orders.Wanted(sandal, sandal.base_unit, Decimal(50))],
        due_on=day(3, 25),
        on=day(3, 4),
        by=budi.user,
    )
    assert outlook(loan, day(3, 4)).return_on == day(3, 18)
    assert order.number in siti.user.notices.latest("pk").text
    used(siti, leather, 10, on=day(3, 5))

    climb("material", on=day(3, 14))
    assert not Ladder.objects.exists()
    climb_to(day(5, 5), since=day(3, 15), by=secretary, kind="material")
    ladder = Ladder.objects.get()
    assert (ladder.subject, ladder.member, ladder.due_on) == (f"material:{loan.pk}", siti, day(3, 18))
    assert (ladder.reminded_on, ladder.noticed_on) == (day(3, 15), day(3, 19))
    letters = list(Letter.objects.order_by("pk").values_list("delivered_on", flat=True))
    assert letters == [day(3, 25), day(4, 8), day(4, 22)]
    assert not Case.objects.exists()
    climb("material", on=day(5, 6))
    case = Case.objects.get()
    assert (case.member, case.opened_on) == (siti, day(5, 6))

    back = stock.give_back(loan, quantity=Decimal(30), way="goods", on=day(5, 7), by=siti.user)
    stock.confirm_return(back, on=day(5, 7), by=budi.user)
    paid = stock.give_back(loan, quantity=Decimal(10), way="savings", on=day(5, 7), by=siti.user)
    stock.confirm_return(paid, on=day(5, 7), by=treasurer)
    assert savings.balances(budi, as_of=day(5, 7)).voluntary == 330_000
    assert Receipt.objects.get(entry_id=_entry(paid)).amount == 330_000
    assert [queries.held(member, leather, as_of=day(5, 7)) for member in (budi, siti)] == [90, 0]
    climb("material", on=day(5, 8))
    ladder.refresh_from_db()
    assert ladder.ended_on == day(5, 8)
    assert_clean(day(5, 8))


def _entry(back):
    back.refresh_from_db()
    return back.entry_id
