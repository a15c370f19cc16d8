"""Buying together: from what is lacking to the last rupiah, with four eyes and clean books."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.errors import Refused
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt
from reports import checks
from savings import services as savings
from stock import queries, services
from stock.models import JointNeed, JointPayment, JointPurchase, JointShare, JointStep
from tests import builders
from tests.books import assert_clean
from tests.reports.conftest import run_around_the_guards
from tests.stock.builders import MONDAY, balance, day, ordered

pytestmark = pytest.mark.usefixtures("books")


# -- needing and choosing ----------------------------------------------------------------------------------------------


def test_needs_change_until_it_is_ordered(purchase, siti, tanner, leather, glue, budi, chair):
    services.join(purchase, member=siti, item=leather, quantity=Decimal(50), on=day(1), by=siti.user)
    assert queries.totals(queries.needed(purchase)) == {leather: 155, glue: 3}
    services.join(purchase, member=siti, item=leather, quantity=Decimal(0), on=day(1), by=siti.user)
    assert JointNeed.objects.filter(member=siti).count() == 0
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=leather, quantity=Decimal(5), on=day(3), by=siti.user)


def test_nobody_joins_for_a_neighbour_or_with_finished_goods(purchase, siti, tono, leather, sandal):
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=leather, quantity=Decimal(5), on=MONDAY, by=tono.user)
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=sandal, quantity=Decimal(5), on=MONDAY, by=siti.user)


def test_prices_are_compared_for_all_that_is_needed(purchase, tanner, secretary, leather, glue, budi, chair):
    dear = builders.a_partner("Toko Kulit Solo", kind="supplier", market="", by=secretary)
    half = builders.a_partner("Agen Garut", kind="supplier", market="", by=secretary)
    for supplier, item, price in (
        (tanner, leather, 33_000),
        (tanner, glue, 45_000),
        (dear, leather, 34_000),
        (dear, glue, 40_000),
        (half, leather, 30_000),
    ):
        services.quote(purchase, supplier=supplier, item=item, price=price, on=day(1), by=budi.user)
    found = [(offer.supplier, offer.total, len(offer.lacks)) for offer in queries.offers(purchase)]
    assert found == [
        ("Penyamak Magetan", 5_085_000, 0),
        ("Toko Kulit Solo", 5_220_000, 0),
        ("Agen Garut", 4_500_000, 1),
    ]
    with pytest.raises(Refused):
        services.choose(purchase, supplier=half, on=day(2), by=chair)
    with pytest.raises(Refused):
        services.choose(purchase, supplier=tanner, on=day(2), by=budi.user)
    assert services.choose(purchase, supplier=tanner, on=day(2), by=chair).supplier == tanner


def test_a_buyer_is_no_supplier(purchase, secretary, leather, budi):
    buyer = builders.a_partner("Mirota", kind="buyer", by=secretary)
    with pytest.raises(Refused):
        services.quote(purchase, supplier=buyer, item=leather, price=1, on=MONDAY, by=budi.user)


# -- receiving, sharing out, paying ------------------------------------------------------------------------------------


def test_what_arrived_is_shared_by_need_and_owed_to_the_rupiah(arrived, budi, siti, tono, leather, glue, treasurer):
    assert (balance(chart.INVENTORY), balance(chart.SUPPLIERS_PAYABLE)) == (3_435_001, -3_435_001)
    assert_clean(day(8))
    services.share_out(arrived, on=day(9), by=treasurer)
    held = [queries.held(member, leather, as_of=day(9)) for member in (budi, siti, tono)]
    assert held == [40, 30, 30]
    owed = queries.unpaid(arrived)
    assert owed == {budi.pk: 1_320_001 + 135_000, siti.pk: 990_000, tono.pk: 990_000}
    assert balance(chart.INVENTORY) == 0
    assert balance(chart.MEMBER_RECEIVABLES, siti) == 990_000
    assert_clean(day(9))


def test_shares_are_paid_in_parts_in_cash_and_out_of_savings(arrived, budi, siti, treasurer, chair, leather):
    builders.savings_rules(by=chair)
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_share(arrived, member=siti, amount=400_000, channel="cash", on=day(10), by=treasurer)
    services.pay_share(arrived, member=siti, amount=590_000, channel="cash", on=day(11), by=treasurer)
    with pytest.raises(Refused):
        services.pay_share(arrived, member=siti, amount=1, channel="cash", on=day(11), by=treasurer)
    from_savings = builders.a_member_in("Wati Savings", on=day(1), by=treasurer, voluntary=10_000)
    with pytest.raises(Refused):
        services.pay_share(arrived, member=from_savings, amount=1, channel="cash", on=day(11), by=treasurer)
    savings.deposit(budi, kind="voluntary", amount=2_000_000, on=day(9), by=treasurer)
    services.pay_share(arrived, member=budi, amount=1_455_001, channel="savings", on=day(11), by=treasurer)
    assert Receipt.objects.filter(member=siti).count() == 2
    assert (balance(chart.MEMBER_RECEIVABLES, budi), balance(chart.MEMBER_RECEIVABLES, siti)) == (0, 0)
    assert_clean(day(11))


def test_who_chose_the_supplier_does_not_pay_him(arrived, chair, treasurer):
    with pytest.raises(Refused):
        services.pay_supplier(arrived, on=day(9), by=chair)
    services.pay_supplier(arrived, on=day(9), by=treasurer)
    assert balance(chart.SUPPLIERS_PAYABLE) == 0
    assert Receipt.objects.get(direction="out").amount == 3_435_001
    with pytest.raises(Refused):
        services.pay_supplier(arrived, on=day(9), by=treasurer)
    assert_clean(day(9))


def test_every_step_waits_for_the_one_before(purchase, leather, treasurer, chair, tanner, budi):
    with pytest.raises(Refused):
        services.receive(purchase, lines={leather: (Decimal(1), 1)}, on=day(8), by=treasurer)
    with pytest.raises(Refused):
        services.share_out(purchase, on=day(8), by=treasurer)
    with pytest.raises(Refused):
        services.pay_supplier(purchase, on=day(8), by=treasurer)
    services.cancel_purchase(purchase, reason="Harga terlalu tinggi", on=day(1), by=budi.user)
    with pytest.raises(Refused):
        services.quote(purchase, supplier=tanner, item=leather, price=1, on=day(1), by=budi.user)


def test_what_arrived_is_not_called_off_and_nothing_happens_twice(arrived, chair, treasurer, leather):
    with pytest.raises(Refused):
        services.cancel_purchase(arrived, reason="x", on=day(9), by=chair)
    with pytest.raises(Refused):
        services.receive(arrived, lines={leather: (Decimal(1), 1)}, on=day(9), by=treasurer)
    services.share_out(arrived, on=day(9), by=treasurer)
    with pytest.raises(Refused):
        services.share_out(arrived, on=day(9), by=treasurer)


# -- the database and the checks ---------------------------------------------------------------------------------------


def refused(name, change):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    assert error.value.__cause__.diag.constraint_name == name


def a_step(purchase, kind, *, on, by):
    """Written around the services, with an entry of its own."""
    entry = ledger.post_entry(
        unit="umum",
        on=on,
        reference=f"{kind} {on} {by.pk}",
        memo="x",
        lines=[ledger.debit(chart.CASH, 1), ledger.credit(chart.SUPPLIERS_PAYABLE, 1)],
        by=by,
    )
    return JointStep.objects.create(purchase=purchase, kind=kind, entry=entry, on=on, by=by)


def undone(kind, *, by):
    return JointStep.objects.filter(kind=kind).update(reversed_on=day(9), reversed_by=by, reversal_reason="x")


def test_a_choice_names_a_supplier_and_every_other_step_an_entry(arrived):
    for change in ("supplier_id = NULL WHERE kind = 'chosen'", "entry_id = NULL WHERE kind = 'received'"):
        refused(
            "stock_jointstep_whole", lambda change=change: run_around_the_guards(f"UPDATE stock_jointstep SET {change}")
        )


def test_a_step_stands_on_the_one_before(arrived, chair, treasurer, siti):
    order = "stock_jointstep_one_after_the_other"
    refused(order, lambda: undone("chosen", by=treasurer))
    refused(order, lambda: a_step(arrived, "shared", on=day(7), by=treasurer))
    refused("stock_jointstep_once", lambda: a_step(arrived, "received", on=day(8), by=treasurer))
    services.share_out(arrived, on=day(9), by=treasurer)
    refused(order, lambda: undone("received", by=chair))
    services.pay_share(arrived, member=siti, amount=1, channel="cash", on=day(9), by=treasurer)
    refused(order, lambda: undone("shared", by=chair))


def test_nothing_follows_in_what_was_called_off_and_what_arrived_is_not(purchase, arrived, tanner, chair, siti):
    called_off = services.open_purchase(purpose="Lain", needed_on=day(20), on=MONDAY, by=siti.user)
    services.cancel_purchase(called_off, reason="x", on=MONDAY, by=siti.user)
    refused(
        "stock_jointstep_one_after_the_other",
        lambda: JointStep.objects.create(purchase=called_off, kind="chosen", supplier=tanner, on=day(1), by=chair),
    )
    refused(
        "stock_jointpurchase_cancelled_before_received",
        lambda: JointPurchase.objects.filter(pk=arrived.pk).update(cancelled_on=day(9), cancel_reason="x"),
    )


def test_four_eyes_in_the_database(arrived, chair, treasurer, siti):
    refused("stock_jointstep_four_eyes", lambda: a_step(arrived, "paid", on=day(9), by=chair))
    refused("stock_jointstep_reversed_by_others", lambda: undone("received", by=treasurer))
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_share(arrived, member=siti, amount=1, channel="cash", on=day(9), by=treasurer)
    refused(
        "stock_jointpayment_reversed_by_others",
        lambda: JointPayment.objects.update(reversed_on=day(9), reversed_by=treasurer, reversal_reason="x"),
    )


def test_nobody_pays_more_than_his_share_in_the_database(arrived, siti, treasurer):
    received = JointStep.objects.get(kind="received")
    services.share_out(arrived, on=day(9), by=treasurer)
    step = services.pay_share(arrived, member=siti, amount=900_000, channel="cash", on=day(9), by=treasurer).step
    again = {"member": siti, "channel": "cash", "on": day(9), "by": treasurer, "entry": received.entry}
    name = "stock_jointpayment_within_the_share"
    refused(name, lambda: JointPayment.objects.create(step=step, amount=90_001, **again))
    refused(name, lambda: JointPayment.objects.create(step=received, amount=1, **again))
    refused(
        "stock_jointpayment_out_of_what",
        lambda: JointPayment.objects.create(step=step, amount=1, **again | {"channel": "savings"}),
    )


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (JointStep, {"on": day(1)}),
        (JointStep, {"entry": None}),
        (JointPayment, {"amount": 1}),
        (JointShare, {"amount": 1}),
        (JointShare, {"quantity": 1}),
    ],
)
def test_what_is_done_is_never_edited(arrived, siti, treasurer, model, change):
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_share(arrived, member=siti, amount=9, channel="cash", on=day(9), by=treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


UNDONE = """
    SET reversed_on = "on", reversal_reason = 'x', reversed_by_id = (SELECT max(id) FROM core_user WHERE id <> by_id)
"""
DAMAGE = [
    ("joint_shares_add_up", "UPDATE stock_jointshare SET amount = amount + 1 WHERE amount = 1320001"),
    ("joint_shares_add_up", "UPDATE stock_stockmovement SET quantity = quantity - 1 WHERE quantity = 40"),
    ("joint_shares_add_up", "DELETE FROM stock_jointshare WHERE amount = 135000"),
    ("joint_receivables_equal_ledger", "UPDATE stock_jointshare SET amount = amount + 1 WHERE amount = 1320001"),
    ("joint_receivables_equal_ledger", "UPDATE ledger_line SET debit = debit + 1 WHERE debit = 990000"),
    ("joint_receivables_equal_ledger", "UPDATE stock_jointpayment SET amount = amount - 1 WHERE amount = 400000"),
    ("joint_suppliers_equal_ledger", "UPDATE stock_jointline SET cost = cost - 1 WHERE cost = 135000"),
    ("joint_suppliers_equal_ledger", "UPDATE ledger_line SET credit = credit - 1 WHERE credit = 3435001"),
    ("joint_suppliers_equal_ledger", f"UPDATE stock_jointstep {UNDONE} WHERE kind = 'shared' AND reversed_on IS NULL"),
    ("joint_payments_match_their_entries", "UPDATE ledger_line SET credit = credit - 1 WHERE credit = 400000"),
    ("joint_payments_match_their_entries", "UPDATE savings_movement SET amount = amount - 1 WHERE amount = 600000"),
    ("joint_reversals_are_whole", f"UPDATE stock_jointstep {UNDONE} WHERE kind = 'received'"),
    ("joint_reversals_are_whole", f"UPDATE stock_jointpayment {UNDONE} WHERE amount = 400000"),
    ("joint_reversals_are_whole", "UPDATE stock_stockmovement SET quantity = -39 WHERE quantity = -40"),
    (
        "joint_reversals_are_whole",
        "UPDATE stock_jointshare SET taken_back_id = movement_id WHERE quantity = 40 AND taken_back_id IS NULL",
    ),
]


@pytest.mark.parametrize(("check", "damage"), DAMAGE)
def test_a_check_finds_one_rupiah_that_drifted(arrived, treasurer, chair, siti, budi, check, damage):
    """Shared out, taken back and shared out again; Siti has paid 400,000 in cash, Budi 600,000 out of savings."""
    builders.savings_rules(by=chair)
    savings.deposit(budi, kind="voluntary", amount=700_000, on=day(9), by=treasurer)
    wrong = services.share_out(arrived, on=day(9), by=treasurer)
    services.reverse_step(wrong, reason="x", on=day(9), by=chair)
    services.share_out(arrived, on=day(10), by=treasurer)
    services.pay_share(arrived, member=siti, amount=400_000, channel="cash", on=day(10), by=treasurer)
    services.pay_share(arrived, member=budi, amount=600_000, channel="savings", on=day(10), by=treasurer)
    assert_clean(day(10))
    run_around_the_guards(damage)
    assert checks.run(check, as_of=day(10)).rows
