"""The checks of shared work and of pay that goes elsewhere: each finds what drifted."""

from decimal import Decimal

import pytest
from django.db import connection

from orders import services
from orders.models import RoundShare
from reports import checks
from tests.books import assert_clean
from tests.orders.builders import MONDAY, an_offer, an_order, day
from tests.orders.conftest import budi, sandal, siti, tono  # noqa: F401
from tests.orders.test_netting import earned  # noqa: F401
from tests.reports.conftest import run_around_the_guards

AS_OF = day(300)

pytestmark = pytest.mark.usefixtures("capital")


@pytest.fixture
def shared(books, budi, siti, tono, sandal):  # noqa: F811
    """90 pairs: Siti wished 20 and got them, Tono wished 100 and got the other 70."""
    offer = an_offer(an_order(budi, sandal), quantity=90, is_shared=True)
    for member, wish in ((siti, 20), (tono, 100)):
        services.ask(offer, member=member, quantity=Decimal(min(wish, 90)), insist=True, on=MONDAY, by=member.user)
    done = services.close_round(offer, on=day(1), by=budi.user)
    assert [share.given for share in done.shares.order_by("given")] == [20, 70]
    assert_clean(AS_OF)
    return done


OF_SITI = "(SELECT claim_id FROM orders_roundshare WHERE given = 20)"


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE orders_roundshare SET given = 21 WHERE given = 20", (90, 90, 91, 1)),
        ("UPDATE orders_round SET given = 89", (90, 89, 90, 0)),
        ("UPDATE orders_round SET offered = 89", (89, 90, 90, 0)),
        (f"UPDATE orders_claim SET quantity = 19 WHERE id = {OF_SITI}", (90, 90, 90, 1)),
        (
            f"UPDATE orders_claim SET member_id = (SELECT max(member_id) FROM orders_claim) WHERE id = {OF_SITI}",
            (90, 90, 90, 1),
        ),
        ("UPDATE orders_roundshare SET claim_id = NULL WHERE given = 20", (90, 90, 90, 1)),
    ],
)
def test_a_round_that_does_not_give_what_it_explains_is_found(shared, damage, says):
    let_constraints_go(
        orders_round=["orders_round_gives_what_it_has"],
        orders_roundshare=["orders_roundshare_within_wish_and_room", "orders_roundshare_given_is_claimed"],
    )
    run_around_the_guards(damage)
    [row] = checks.run("rounds_give_what_they_explain", as_of=AS_OF).rows
    assert tuple(row)[1:] == says


def let_constraints_go(**tables):
    """The database itself would refuse most of this damage; the check must find it in a restored copy all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, names in tables.items():
            for name in names:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def test_a_round_is_looked_at_from_its_day_on(shared):
    run_around_the_guards("UPDATE orders_roundshare SET given = 19 WHERE given = 20")
    assert not checks.run("rounds_give_what_they_explain", as_of=MONDAY).rows
    assert RoundShare.objects.filter(given=19).exists()
    assert checks.run("rounds_give_what_they_explain", as_of=day(1)).rows


@pytest.fixture
def offset(earned, treasurer):  # noqa: F811
    """Of Tuti's 180,000 she let 20,000 go against two months of dues; the rest was paid out."""
    tuti, paid = earned
    found = services.consent(paid, what="dues:2", on=day(9), by=tuti.user)
    services.pay_out(paid, method="cash", on=day(10), by=treasurer)
    assert_clean(AS_OF)
    found.refresh_from_db()
    return found


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE orders_offset SET amount = 20001", lambda tuti, other: (20_001, 20_000, tuti, tuti)),
        ("UPDATE orders_offset SET consented_by_id = {other}", lambda tuti, other: (20_000, 20_000, tuti, other)),
        (
            "UPDATE ledger_line SET member_id = (SELECT min(id) FROM members_member WHERE user_id <> {tuti})"
            " WHERE debit = 20000 AND entry_id = (SELECT entry_id FROM orders_offset)",
            lambda tuti, other: (20_000, None, tuti, tuti),
        ),
    ],
)
def test_pay_that_went_elsewhere_without_the_ledger_or_the_maker_is_found(offset, treasurer, damage, says):
    tuti, other = offset.consented_by_id, treasurer.pk
    run_around_the_guards(damage.format(tuti=tuti, other=other))
    [row] = checks.run("offsets_match_their_entries", as_of=AS_OF).rows
    assert tuple(row)[1:] == says(tuti, other)


def test_what_was_agreed_and_not_booked_yet_is_no_drift(earned):  # noqa: F811
    tuti, paid = earned
    services.consent(paid, what="dues:2", on=day(9), by=tuti.user)
    run_around_the_guards("UPDATE orders_offset SET amount = 19999")
    assert not checks.run("offsets_match_their_entries", as_of=AS_OF).rows
