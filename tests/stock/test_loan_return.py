"""What was lent comes back, in kind or in money, when the other side has looked at it."""

from decimal import Decimal

import pytest

from core.errors import Refused
from stock import services
from stock.models import StockLoan
from tests.stock.builders import a_loan, bought, came_back, day, held, lent, outlook, texts, used

pytestmark = pytest.mark.usefixtures("rules", "orders")


def test_it_comes_back_in_parts(budi, siti, leather):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    came_back(loan, 15)
    assert (held(budi, leather, day(5)), held(siti, leather, day(5))) == (75, 25)
    assert outlook(loan, day(5)).out == 25
    came_back(loan, 25, on=day(6))
    assert not StockLoan.objects.running(as_of=day(6)).exists()
    assert StockLoan.objects.running(as_of=day(5)).get().out == 25


def test_more_than_was_lent_does_not_come_back(budi, siti, leather):
    bought(budi, leather, 100)
    bought(siti, leather, 100)
    loan = lent(budi, siti, leather, 40)
    services.give_back(loan, quantity=Decimal(30), way="goods", on=day(1), by=siti.user)
    with pytest.raises(Refused, match="10 kaki persegi"):
        services.give_back(loan, quantity=Decimal(11), way="goods", on=day(1), by=siti.user)


def test_another_quality_is_not_accepted_and_the_loan_stays_out(budi, siti, leather):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    back = services.give_back(loan, quantity=Decimal(40), way="goods", on=day(1), by=siti.user)
    services.decline_return(back, reason="Kulit lain, lebih tipis", on=day(1), by=budi.user)
    assert outlook(loan, day(1)).out == 40
    assert "lebih tipis" in texts(siti.user)
    came_back(loan, 40)


def test_paid_directly_at_the_agreed_price_and_confirmed(budi, siti, leather):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    used(siti, leather, 40, on=day(2))
    back = came_back(loan, "12.5", way="direct")
    assert back.amount == 375_000
    assert (held(budi, leather, day(5)), outlook(loan, day(5)).out) == (60, Decimal("27.5"))
    with pytest.raises(Refused):
        services.give_back(loan, quantity=Decimal(1), way="goods", on=day(5), by=siti.user)


def test_both_sides_of_a_return(budi, siti, tono, leather):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    back = services.give_back(loan, quantity=Decimal(10), way="goods", on=day(1), by=siti.user)
    for somebody in (siti.user, tono.user):
        with pytest.raises(Refused):
            services.confirm_return(back, on=day(1), by=somebody)
    services.confirm_return(back, on=day(1), by=budi.user)
    again = services.give_back(loan, quantity=Decimal(10), way="goods", on=day(1), by=budi.user)
    with pytest.raises(Refused):
        services.confirm_return(again, on=day(1), by=budi.user)
    services.confirm_return(again, on=day(1), by=siti.user)
    assert outlook(loan, day(1)).out == 20


def test_what_was_never_handed_over_does_not_come_back(budi, siti, leather):
    bought(budi, leather, 100)
    with pytest.raises(Refused):
        services.give_back(a_loan(budi, siti, leather, 40), quantity=Decimal(1), way="goods", on=day(1), by=siti.user)
