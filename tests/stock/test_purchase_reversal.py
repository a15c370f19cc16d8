"""A wrong receipt, sharing out, payment or supplier is reversed and done again; nothing is edited, books stay clean."""

from decimal import Decimal

import pytest

from core.errors import Refused
from ledger import chart
from ledger.models import Entry, Receipt
from savings import queries as passbook
from savings import services as savings
from stock import queries, services
from stock.models import JointStep
from tests import builders
from tests.books import assert_clean
from tests.stock.builders import balance, bought, day, ordered, used

pytestmark = pytest.mark.usefixtures("books")


def step(kind):
    return JointStep.objects.unreversed().get(kind=kind)


def undo(kind, *, by, on=None, reason="Salah tulis"):
    return services.reverse_step(step(kind), reason=reason, on=on or day(10), by=by)


def held(item, *members):
    return [queries.held(member, item, as_of=day(12)) for member in members]


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


def test_a_wrong_sharing_out_goes_back_out_of_every_stock(arrived, leather, budi, siti, tono, treasurer, chair):
    bought(siti, leather, 5, on=day(9))
    services.share_out(arrived, on=day(9), by=treasurer)
    undo("shared", by=chair)
    assert held(leather, budi, siti, tono) == [0, 5, 0]
    assert queries.unpaid(arrived) == {}
    assert balance(chart.MEMBER_RECEIVABLES) == 0
    assert balance(chart.INVENTORY) == 3_435_001
    services.share_out(arrived, on=day(12), by=treasurer)
    assert held(leather, budi, siti, tono) == [40, 35, 30]
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
    services.pay_supplier(arrived, on=day(9), by=treasurer)
    undo("paid", by=chair)
    assert (balance(chart.CASH), balance(chart.SUPPLIERS_PAYABLE)) == (0, -3_435_001)
    services.pay_supplier(arrived, on=day(11), by=treasurer)
    assert balance(chart.SUPPLIERS_PAYABLE) == 0
    for on in (day(9), day(10), day(11)):
        assert_clean(on)


def test_the_last_step_is_undone_first(arrived, siti, treasurer, chair, secretary):
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_supplier(arrived, on=day(9), by=treasurer)
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
