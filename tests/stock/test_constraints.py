"""The database says no first: every guard of this book, written around the services."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from stock.models import StockMovement
from tests.stock.builders import MONDAY, bought, day


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
