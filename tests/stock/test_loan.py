"""A neighbour lends: both sides confirm, the day of return follows the lender's orders, and it comes back."""

from decimal import Decimal

import pytest

from core.errors import Refused
from core.models import Notice
from stock import queries, services
from stock.models import StockMovement, ToldDate
from tests.pricing.builders import unit
from tests.stock.builders import MONDAY, a_loan, bought, day, held, lent, outlook, texts, used

pytestmark = pytest.mark.usefixtures("rules", "orders")


def test_it_changes_workshops_when_the_other_side_confirms(budi, siti, leather):
    bought(budi, leather, 100)
    loan = a_loan(budi, siti, leather, 40)
    assert (held(budi, leather), held(siti, leather)) == (100, 0)
    services.confirm(loan, on=day(1), by=siti.user)
    assert (held(budi, leather), held(siti, leather)) == (60, 40)
    loan.refresh_from_db()
    assert (loan.price, loan.movement.quantity, loan.movement.mirror.kind) == (30_000, -40, "borrowed")


def test_who_wrote_it_down_does_not_confirm_it(budi, siti, tono, secretary, leather):
    bought(budi, leather, 100)
    loan = a_loan(budi, siti, leather, 40)
    for somebody in (budi.user, tono.user):
        with pytest.raises(Refused):
            services.confirm(loan, on=MONDAY, by=somebody)
    services.confirm(loan, on=MONDAY, by=secretary)  # helps Siti, who has no phone
    with pytest.raises(Refused):
        services.confirm(loan, on=MONDAY, by=siti.user)


def test_the_borrower_may_write_it_down_and_the_lender_confirms(budi, siti, leather):
    bought(budi, leather, 100)
    loan = a_loan(budi, siti, leather, 40, by=siti.user)
    with pytest.raises(Refused):
        services.confirm(loan, on=MONDAY, by=siti.user)
    services.confirm(loan, on=MONDAY, by=budi.user)
    assert held(siti, leather) == 40


def test_an_officer_who_wrote_it_down_for_the_lender_cannot_confirm_it(budi, siti, secretary, leather):
    bought(budi, leather, 100)
    loan = a_loan(budi, siti, leather, 40, by=secretary)
    with pytest.raises(Refused):
        services.confirm(loan, on=MONDAY, by=secretary)
    services.confirm(loan, on=MONDAY, by=siti.user)


def test_more_than_the_lender_holds_is_refused_when_written_and_when_confirmed(budi, siti, leather):
    bought(budi, leather, 40)
    with pytest.raises(Refused, match="40 kaki persegi"):
        a_loan(budi, siti, leather, 41)
    loan = a_loan(budi, siti, leather, 40)
    used(budi, leather, 1)
    with pytest.raises(Refused, match="39 kaki persegi"):
        services.confirm(loan, on=MONDAY, by=siti.user)
    assert StockMovement.objects.count() == 2


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_is_not_lent(budi, siti, leather, quantity):
    bought(budi, leather, 40)
    with pytest.raises(Refused) as refusal:
        a_loan(budi, siti, leather, quantity)
    assert refusal.value.field == "quantity"


def test_the_wrong_unit_is_refused_and_a_sheet_is_counted(budi, siti, leather):
    bought(budi, leather, 100)
    with pytest.raises(Refused) as refusal:
        a_loan(budi, siti, leather, 2, unit=unit("kg"))
    assert refusal.value.field == "unit"
    assert a_loan(budi, siti, leather, 2, unit=unit("sheet")).quantity == 45


def test_what_is_on_no_list_needs_a_price(budi, siti, glue):
    bought(budi, glue, 5)
    with pytest.raises(Refused) as refusal:
        a_loan(budi, siti, glue, 1)
    assert refusal.value.field == "price"
    assert a_loan(budi, siti, glue, 1, price=45_000).price == 45_000


def test_nobody_lends_to_himself_or_for_a_stranger(budi, siti, tono, leather):
    bought(budi, leather, 40)
    with pytest.raises(Refused):
        a_loan(budi, budi, leather, 1)
    with pytest.raises(Refused):
        a_loan(budi, siti, leather, 1, by=tono.user)


def test_what_was_not_handed_over_is_taken_back(budi, siti, leather):
    bought(budi, leather, 40)
    loan = services.decline(a_loan(budi, siti, leather, 40), reason="tidak jadi", on=MONDAY, by=siti.user)
    with pytest.raises(Refused):
        services.confirm(loan, on=MONDAY, by=siti.user)
    assert held(budi, leather) == 40
    assert "tidak jadi" in loan.decline_reason


def test_the_worked_example_of_the_rules(budi, siti, leather, orders):
    """Budi lends 40 of 100 SF. PS-1 (50 SF) is due on day 17, so needed on day 10; PS-2 (25 SF) on day 31, needed on

    day 24: that is when 15 SF are missing.
    """
    bought(budi, leather, 100)
    orders(budi, leather, 50, due=17, label="PS-1")
    second = orders(budi, leather, 25, due=31, label="PS-2")
    loan = lent(budi, siti, leather, 40)
    found = outlook(loan)
    assert (found.return_on, found.need.label) == (day(24), "PS-2")
    assert "PS-2" in texts(siti.user)
    orders.written.remove(second)
    orders(budi, leather, 25, due=24, label="PS-2")
    assert services.tell_moved_dates(on=day(2)) == 1
    assert outlook(loan, day(2)).return_on == day(17)
    assert "PS-2" in Notice.objects.filter(to=siti.user).latest("pk").text
    assert services.tell_moved_dates(on=day(3)) == 0
    assert [told.return_on for told in ToldDate.objects.order_by("pk")] == [day(24), day(17)]


def test_without_an_order_it_comes_back_after_the_term(budi, siti, leather):
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    assert outlook(loan).return_on == day(30)
    assert not outlook(loan, day(30)).is_late
    assert outlook(loan, day(31)).is_late


def test_before_the_rules_nothing_is_lent(budi, siti, leather):
    bought(budi, leather, 100)
    with pytest.raises(Refused):
        services.lend(
            budi,
            siti,
            item=leather,
            quantity=Decimal(1),
            handed_on=MONDAY,
            on=MONDAY.replace(year=2024),
            by=budi.user,
        )


def test_a_clash_is_shown_to_both_and_others_are_proposed(budi, siti, tono, leather, orders):
    """Siti borrows 40 and works 30 of it up for an order due before she must give it back: 30 will be missing."""
    bought(budi, leather, 40)
    bought(tono, leather, 50)
    orders(budi, leather, 20, due=27, label="PS-1")
    orders(siti, leather, 30, due=20, label="PS-2")
    loan = lent(budi, siti, leather, 40)
    found = outlook(loan)
    assert (found.return_on, found.missing) == (day(20), 30)
    assert "30 kaki persegi" in texts(siti.user)
    assert "30 kaki persegi" in texts(budi.user)
    [holder] = queries.holders(leather, as_of=MONDAY, wanted=found.missing, without=[siti.pk, budi.pk])
    assert (holder.name, holder.spare) == (tono.name, 50)
    assert "bisa mencukupi semuanya" in holder.reasons


def test_goods_taken_from_a_neighbour_have_an_agreed_day(budi, siti, sandal):
    services.record(budi, item=sandal, kind="made", quantity=Decimal(40), on=MONDAY, by=budi.user)
    with pytest.raises(Refused) as refusal:
        a_loan(budi, siti, sandal, 20, price=11_000)
    assert refusal.value.field == "due_on"
    loan = lent(budi, siti, sandal, 20, price=11_000, agreed="money", due_on=day(10))
    assert (outlook(loan).return_on, outlook(loan).need) == (day(10), None)
    with pytest.raises(Refused):
        a_loan(budi, siti, sandal, "1.5", price=11_000, due_on=day(10))
