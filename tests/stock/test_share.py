"""What arrived is shared out to the rupiah, paid, and put right when it was wrong; the books stay clean."""

import pytest
from django.db import DatabaseError, transaction

from core.errors import Refused
from ledger import chart
from ledger.models import Receipt
from reports import checks
from savings import queries as passbook
from savings import services as savings
from stock import queries, services
from stock.models import JointPayment, JointShare, JointStep
from tests import builders
from tests.books import assert_clean
from tests.reports.conftest import run_around_the_guards
from tests.stock.builders import balance, bought, day, refused, step, undo, used

pytestmark = pytest.mark.usefixtures("books")


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


def hold(item, *members):
    return [queries.held(member, item, as_of=day(12)) for member in members]


def test_a_wrong_sharing_out_goes_back_out_of_every_stock(arrived, leather, budi, siti, tono, treasurer, chair):
    bought(siti, leather, 5, on=day(9))
    services.share_out(arrived, on=day(9), by=treasurer)
    undo("shared", by=chair)
    assert hold(leather, budi, siti, tono) == [0, 5, 0]
    assert queries.unpaid(arrived) == {}
    assert balance(chart.MEMBER_RECEIVABLES) == 0
    assert balance(chart.INVENTORY) == 3_435_001
    services.share_out(arrived, on=day(12), by=treasurer)
    assert hold(leather, budi, siti, tono) == [40, 35, 30]
    for on in (day(9), day(10), day(12)):
        assert_clean(on)


def test_what_has_gone_on_cannot_be_taken_back(arrived, leather, siti, treasurer, chair):
    """Siti got 30 SF and has cut 10 of them."""
    services.share_out(arrived, on=day(9), by=treasurer)
    used(siti, leather, 10, on=day(9))
    with pytest.raises(Refused, match=r"Siti Rahayu .* 20 .* 30"):
        undo("shared", by=chair)
    assert step("shared").reversed_on is None
    bought(siti, leather, 10, on=day(10))
    undo("shared", by=chair)
    assert_clean(day(10))


def test_a_wrong_payment_is_owed_again(arrived, siti, budi, treasurer, chair):
    builders.savings_rules(by=chair)
    savings.deposit(budi, kind="voluntary", amount=500_000, on=day(9), by=treasurer)
    services.share_out(arrived, on=day(9), by=treasurer)
    cash = services.pay_share(arrived, member=siti, amount=990_000, channel="cash", on=day(10), by=treasurer)
    saved = services.pay_share(arrived, member=budi, amount=500_000, channel="savings", on=day(10), by=treasurer)
    for payment in (cash, saved):
        services.reverse_share_payment(payment, reason="Salah orang", on=day(11), by=chair)
        with pytest.raises(Refused):
            services.reverse_share_payment(payment, reason="Lagi", on=day(11), by=chair)
    assert queries.unpaid(arrived)[siti.pk] == 990_000
    assert (balance(chart.MEMBER_RECEIVABLES, siti), balance(chart.CASH)) == (990_000, 0)
    assert passbook.balances(budi, as_of=day(11)).voluntary == 500_000
    services.pay_share(arrived, member=siti, amount=99_000, channel="cash", on=day(12), by=treasurer)
    assert Receipt.objects.filter(member=siti).count() == 2  # the first stays in the series
    for on in (day(10), day(11), day(12)):
        assert_clean(on)


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
