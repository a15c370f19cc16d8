"""What was lent comes back, in kind or in money, when the other side has looked at it."""

from decimal import Decimal

import pytest

from core.errors import Refused
from ledger import chart
from stock import services
from stock.models import StockLoan, StockReturn
from tests import builders
from tests.books import assert_clean
from tests.stock.builders import a_loan, balance, bought, came_back, day, held, lent, outlook, refused, texts, used

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


def test_money_received_wrongly_goes_back_by_another_officer(budi, siti, leather, books, treasurer, chair):
    """12 SF at 30,000 came by bank transfer into Budi's savings; the chair undoes it, and 12 are out again."""
    builders.savings_rules(by=chair)
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 12)
    back = services.give_back(loan, quantity=Decimal(12), way="savings", on=day(5), by=siti.user)
    back = services.confirm_return(back, channel="bank", on=day(5), by=treasurer)
    assert (back.channel, balance(chart.BANK), out(loan)) == ("bank", 360_000, 0)
    with pytest.raises(Refused):
        services.reverse_return(back, reason="salah", on=day(6), by=treasurer)
    refused(
        "stock_stockreturn_reversed_by_others",
        lambda: StockReturn.objects.update(reversed_on=day(6), reversed_by=treasurer, reversal_reason="x"),
    )
    services.reverse_return(back, reason="salah", on=day(6), by=chair)
    assert (balance(chart.BANK), out(loan)) == (0, 12)
    services.give_back(loan, quantity=Decimal(12), way="goods", on=day(7), by=siti.user)
    assert_clean(day(9))


def test_what_was_not_posted_is_not_reversed(budi, siti, leather, chair, books):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 12)
    back = came_back(loan, 12)
    with pytest.raises(Refused):
        services.reverse_return(back, reason="salah", on=day(6), by=chair)
    refused(
        "stock_stockreturn_reversed_where_posted",
        lambda: StockReturn.objects.update(reversed_on=day(6), reversed_by=chair, reversal_reason="x"),
    )


def out(loan):
    return StockLoan.objects.counted().get(pk=loan.pk).out
