"""A joint purchase goes on step by step, with four eyes; a wrong step is reversed and done again, nothing is edited."""

from decimal import Decimal

import pytest

from core.errors import Refused
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, Way
from ledger.models import Entry, Receipt, Unit
from stock import queries, services
from stock.models import JointPayment, JointPurchase, JointStep
from tests import builders
from tests.books import assert_clean
from tests.builders import the_user
from tests.reports.conftest import run_around_the_guards
from tests.stock.builders import MONDAY, balance, day, ordered, refused, step, undo
from tests.treasury.builders import a_bank, spending_rules
from treasury.services import confirm_payment

pytestmark = pytest.mark.usefixtures("capital")


def test_who_chose_the_supplier_does_not_pay_him(arrived, chair, treasurer):
    with pytest.raises(Refused):
        services.pay_supplier(arrived, channel="cash", on=day(9), by=chair)
    services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    assert balance(chart.SUPPLIERS_PAYABLE) == 0
    assert Receipt.objects.get(direction="out").amount == 3_435_001
    with pytest.raises(Refused):
        services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    assert_clean(day(9))


def test_every_step_waits_for_the_one_before(purchase, leather, treasurer, chair, tanner, budi):
    with pytest.raises(Refused):
        services.receive(purchase, lines={leather: (Decimal(1), 1)}, on=day(8), by=treasurer)
    with pytest.raises(Refused):
        services.share_out(purchase, on=day(8), by=treasurer)
    with pytest.raises(Refused):
        services.pay_supplier(purchase, channel="cash", on=day(8), by=treasurer)
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


# -- reversed and done again -------------------------------------------------------------------------------------------


def test_a_wrong_receipt_is_reversed_and_written_anew(arrived, leather, glue, treasurer, chair):
    """3,435,001 were written; 90 SF came, and the bill says 2,970,000 and 135,000: 3,105,000."""
    undo("received", by=chair)
    assert (balance(chart.INVENTORY), balance(chart.SUPPLIERS_PAYABLE)) == (0, 0)
    lines = {leather: (Decimal(90), 2_970_000), glue: (Decimal(3), 135_000)}
    services.receive(arrived, lines=lines, on=day(11), by=treasurer)
    assert balance(chart.SUPPLIERS_PAYABLE) == -3_105_000
    assert queries.cost(arrived) == 3_105_000
    references = Entry.objects.filter(reference__startswith="joint:").order_by("pk").values_list("reference", flat=True)
    assert list(references) == [f"joint:{arrived.pk}:received", f"joint:{arrived.pk}:received:2"]
    for on in (day(9), day(10), day(11)):
        assert_clean(on)


def test_a_wrong_supplier_is_taken_back_and_another_chosen(
    purchase, tanner, leather, glue, budi, siti, chair, secretary
):
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    undo("chosen", by=secretary)
    assert list(queries.open_purchases()) == [purchase]
    services.join(purchase, member=siti, item=leather, quantity=Decimal(50), on=day(10), by=siti.user)
    other = builders.a_partner("Toko Kulit Solo", kind="supplier", market="", by=secretary)
    for item, price in ((leather, 32_000), (glue, 45_000)):
        services.quote(purchase, supplier=other, item=item, price=price, on=day(10), by=budi.user)
    assert services.choose(purchase, supplier=other, on=day(11), by=chair).supplier == other
    assert JointStep.objects.filter(kind="chosen").count() == 2


def test_the_payment_to_the_supplier_is_reversed_and_paid_anew(arrived, treasurer, chair):
    services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    undo("paid", by=chair)
    assert (balance(chart.CASH), balance(chart.SUPPLIERS_PAYABLE)) == (builders.CAPITAL, -3_435_001)
    services.pay_supplier(arrived, channel="cash", on=day(11), by=treasurer)
    assert balance(chart.SUPPLIERS_PAYABLE) == 0
    for on in (day(9), day(10), day(11)):
        assert_clean(on)


def test_the_last_step_is_undone_first(arrived, siti, treasurer, chair, secretary):
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    paid = services.pay_share(arrived, member=siti, amount=1, channel="cash", on=day(9), by=treasurer)
    for kind, by in (("chosen", secretary), ("received", chair), ("shared", chair)):
        with pytest.raises(Refused):
            undo(kind, by=by)
    services.reverse_share_payment(paid, reason="x", on=day(10), by=chair)
    undo("shared", by=chair)
    with pytest.raises(Refused):
        undo("received", by=chair)
    for kind, by in (("paid", chair), ("received", chair), ("chosen", secretary)):
        undo(kind, by=by)
    assert not JointStep.objects.unreversed().exists()
    services.cancel_purchase(arrived, reason="Pemasok bubar", on=day(11), by=chair)
    assert_clean(day(11))


def test_who_did_it_does_not_undo_it_and_a_reason_is_given(arrived, budi, treasurer, chair):
    for by, on, reason in (
        (treasurer, day(10), "x"),
        (budi.user, day(10), "x"),
        (chair, day(7), "x"),
        (chair, day(10), "  "),
    ):
        with pytest.raises(Refused):
            undo("received", by=by, on=on, reason=reason)
    received = step("received")
    undo("received", by=chair)
    with pytest.raises(Refused):
        services.reverse_step(received, reason="Lagi", on=day(10), by=chair)


# -- the database ------------------------------------------------------------------------------------------------------


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
    channel = "cash" if kind == "paid" else ""
    return JointStep.objects.create(purchase=purchase, kind=kind, channel=channel, entry=entry, on=on, by=by)


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


# -- every way of paying, and the second approval ----------------------------------------------------------------------


def test_supplier_is_paid_from_the_bank_account_that_was_chosen(arrived, treasurer):
    a_bank(treasurer)
    second = a_bank(treasurer, bank="BRI", number="0012")
    builders.capital(4_000_000, on=day(0), code=second.account.code, units=[Unit.UMUM])
    paid = services.pay_supplier(arrived, channel=Way(Channel.BANK, second.account.code), on=day(9), by=treasurer)
    assert (paid.channel, balance(second.account.code)) == ("bank", 564_999)
    services.reverse_step(paid, reason="belum", on=day(10), by=the_user("chair"))
    assert balance(second.account.code) == 4_000_000
    assert_clean(day(10))


def test_supplier_above_the_limit_waits_and_who_chose_him_does_not_confirm(arrived, treasurer, chair, secretary):
    """3,435,001 to the tanner: the chair chose him, so the secretary gives the second approval."""
    spending_rules(by=secretary, on=day(0))
    request = services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    assert (request.kind, request.amount, balance(chart.SUPPLIERS_PAYABLE)) == ("supplier", 3_435_001, -3_435_001)
    with pytest.raises(Refused):
        services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=day(10), by=chair)
    _request, paid = confirm_payment(request, on=day(10), by=secretary)
    assert (paid.kind, paid.on, paid.by, balance(chart.SUPPLIERS_PAYABLE)) == ("paid", day(10), treasurer, 0)
    assert Receipt.objects.get(direction="out").party == request.payee
    assert_clean(day(10))


def test_supplier_is_not_paid_another_sum_than_was_confirmed(arrived, leather, treasurer, chair, secretary):
    """The receipt was wrong and is recorded anew while the payment waits."""
    spending_rules(by=secretary, on=day(0))
    request = services.pay_supplier(arrived, channel="cash", on=day(9), by=treasurer)
    undo("received", by=chair)
    services.receive(arrived, lines={leather: (Decimal(90), 2_970_000)}, on=day(10), by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=day(11), by=secretary)
    assert balance(chart.SUPPLIERS_PAYABLE) == -2_970_000
