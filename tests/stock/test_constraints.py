"""The database says no first: every guard of this book, written around the services."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from stock import services
from stock.models import BillLine, LendingLimit, StockLoan, StockMovement, StockReturn, StockRules, ToldDate
from tests.roles import update_refused
from tests.stock.builders import MONDAY, bought, came_back, day, lent


def refused(name, **values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        StockMovement.objects.create(**{"on": MONDAY, **values})
    assert error.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize(
    ("kind", "quantity"), [("bought", -1), ("made", -1), ("used", 1), ("sold", 1), ("counted", 0), ("lent", 1)]
)
def test_the_sign_belongs_to_the_kind(budi, leather, kind, quantity):
    bought(budi, leather, 10)
    refused("stock_movement_sign_of_its_kind", member=budi, item=leather, kind=kind, quantity=quantity)


@pytest.mark.parametrize("kind", ["borrowed", "came_back", "received"])
def test_what_is_taken_comes_from_somebody(budi, leather, kind):
    refused("stock_movement_taken_from_somebody", member=budi, item=leather, kind=kind, quantity=1)


def test_stock_is_never_negative(budi, leather):
    bought(budi, leather, 10)
    values = {"member": budi, "item": leather, "kind": "used"}
    refused("stock_movement_never_negative", **values, quantity=Decimal("-10.001"))
    StockMovement.objects.create(**values, quantity=-10, on=day(5))
    refused("stock_movement_never_negative", **values, quantity=-1)
    refused("stock_movement_never_negative", **values, quantity=-1, on=day(6))


@pytest.mark.parametrize(
    "wrong", [{"quantity": 3}, {"on": day(1)}, {"item": "glue"}, {"member": "budi"}, {"kind": "came_back"}]
)
def test_the_two_sides_mirror_each_other(request, budi, siti, leather, glue, wrong):
    bought(budi, leather, 10)
    with transaction.atomic():
        line = StockMovement.objects.create(member=budi, item=leather, kind="given", quantity=-4, on=MONDAY)
        values = {"member": siti, "item": leather, "kind": "received", "quantity": 4, "counterpart": line, **wrong}
        for name in {"item", "member"} & set(wrong):
            values[name] = request.getfixturevalue(wrong[name])
        refused("stock_movement_mirrors_its_counterpart", **values)
        transaction.set_rollback(True)  # or the end of the test would find it handed to nobody


def test_what_is_handed_over_arrives_at_somebody(budi, leather):
    def hand_over_and_look():
        StockMovement.objects.create(member=budi, item=leather, kind="lent", quantity=-4, on=MONDAY)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    bought(budi, leather, 10)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        hand_over_and_look()
    assert error.value.__cause__.diag.constraint_name == "stock_movement_handed_to_somebody"


def test_lines_are_never_changed_or_deleted(budi, leather):
    bought(budi, leather, 10)
    for write in (lambda rows: rows.update(quantity=5), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(StockMovement.objects.all())


# -- lending -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def loan(budi, siti, leather, rules, orders):
    bought(budi, leather, 100)
    return lent(budi, siti, leather, 40)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stock_stockloan_quantity_positive", {"quantity": 0}),
        ("stock_stockloan_quantity_positive", {"price": 0}),
        ("stock_stockloan_day_after_handing_over", {"due_on": day(-1)}),
        ("stock_stockloan_answered_whole", {"declined_on": day(1)}),
        ("stock_stockloan_answered_whole", {"confirmed_by": None}),
        ("stock_stockloan_moved_when_confirmed", {"movement": None}),
    ],
)
def test_loans(loan, name, values):
    update_refused(StockLoan.objects.all(), name, **values)


def test_a_loan_has_two_sides(loan):
    update_refused(StockLoan.objects.all(), "stock_stockloan_two_members", borrower=loan.lender)
    update_refused(StockLoan.objects.all(), "stock_stockloan_two_sides", confirmed_by=loan.recorded_by)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stock_stockreturn_quantity_positive", {"quantity": 0}),
        ("stock_stockreturn_money_has_an_amount", {"amount": 5}),
        ("stock_stockreturn_money_has_an_amount", {"way": "direct", "movement": None}),
        ("stock_stockreturn_carried_out_when_confirmed", {"movement": None}),
        ("stock_stockreturn_answered_whole", {"confirmed_on": None}),
    ],
)
def test_returns(loan, name, values):
    came_back(loan, 10)
    update_refused(StockReturn.objects.all(), name, **values)


def test_more_never_comes_back_than_was_lent(loan):
    back = came_back(loan, 30)
    values = {
        "loan": loan,
        "way": "goods",
        "on": day(6),
        "recorded_on": day(6),
        "recorded_by": back.recorded_by,
        "recorded_for": loan.borrower,
    }
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        StockReturn.objects.create(**values, quantity=Decimal("10.001"))
    assert error.value.__cause__.diag.constraint_name == "stock_stockreturn_never_more_than_lent"
    update_refused(StockReturn.objects.all(), "stock_stockreturn_never_more_than_lent", quantity=41)
    StockReturn.objects.create(**values, quantity=10)


@pytest.mark.parametrize("values", [{"fallback_days": 0}, {"fallback_days": 731}, {"days_before_due": 181}])
def test_rules_stay_in_reason(rules, values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        StockRules.objects.create(
            **{"in_force_from": day(1), "decided_in": rules.decided_in, "fallback_days": 30, **values}
        )
    assert error.value.__cause__.diag.constraint_name == "stock_stockrules_days_in_reason"


def test_bills(sandal, leather, secretary):
    services.write_bill(sandal, material=leather, quantity=Decimal("1.5"), by=secretary)
    rows = BillLine.objects.all()
    update_refused(rows, "stock_billline_quantity_positive", quantity=0)
    update_refused(rows, "stock_billline_waste_below_all", waste_bp=10_000)
    update_refused(rows, "stock_billline_of_something_else", material=sandal)
    with pytest.raises(IntegrityError), transaction.atomic():
        BillLine.objects.create(item=sandal, material=leather, quantity=1)


def test_limits(budi, leather):
    services.limit_lending(budi, item=leather, at_most=Decimal(5), from_on=MONDAY, by=budi.user)
    update_refused(LendingLimit.objects.all(), "stock_lendinglimit_not_negative", at_most=-1)


def test_what_was_told_stays(loan):
    with pytest.raises(DatabaseError), transaction.atomic():
        ToldDate.objects.update(return_on=day(1))
