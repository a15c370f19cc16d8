"""Buying together: from what is lacking to the last rupiah, with four eyes and clean books."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from ledger import chart
from ledger.models import Line, Receipt
from reports import checks
from savings import services as savings
from stock import queries, services
from stock.models import JointNeed, JointPurchase, JointShare
from tests import builders
from tests.books import assert_clean
from tests.reports.conftest import run_around_the_guards
from tests.stock.builders import MONDAY, day
from tests.stock.test_views import post

pytestmark = pytest.mark.usefixtures("books")


@pytest.fixture
def tanner(secretary):
    return builders.a_partner("Penyamak Magetan", kind="supplier", market="", by=secretary)


@pytest.fixture
def purchase(budi, siti, tono, leather, glue):
    """60, 45 and 45 SF of leather for the three of them, and 3 tins of glue for Budi."""
    purchase = services.open_purchase(purpose="Kulit Desember", needed_on=day(20), on=MONDAY, by=budi.user)
    for member, item, quantity in ((budi, leather, 60), (siti, leather, 45), (tono, leather, 45), (budi, glue, 3)):
        services.join(purchase, member=member, item=item, quantity=Decimal(quantity), on=MONDAY, by=member.user)
    return purchase


def ordered(purchase, tanner, leather, glue, *, budi, chair, on=None):
    for item, price in ((leather, 33_000), (glue, 45_000)):
        services.quote(purchase, supplier=tanner, item=item, price=price, on=day(1), by=budi.user)
    return services.choose(purchase, supplier=tanner, on=on or day(2), by=chair)


@pytest.fixture
def arrived(purchase, tanner, leather, glue, budi, chair, treasurer):
    """Only 100 SF arrive, for 3,300,001 with the transport; the glue as ordered."""
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    lines = {leather: (Decimal(100), 3_300_001), glue: (Decimal(3), 135_000)}
    return services.receive(purchase, lines=lines, on=day(8), by=treasurer)


def balance(code, member=None):
    rows = Line.objects.filter(account__code=code, account__unit="umum")
    if member:
        rows = rows.filter(member=member)
    return sum(line.debit - line.credit for line in rows)


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
    owed = queries.unpaid(arrived, as_of=None)
    assert owed == {budi.pk: 1_320_001 + 135_000, siti.pk: 990_000, tono.pk: 990_000}
    assert balance(chart.INVENTORY) == 0
    assert balance(chart.MEMBER_RECEIVABLES, siti) == 990_000
    assert_clean(day(9))


def test_shares_are_paid_in_parts_in_cash_and_out_of_savings(arrived, budi, siti, treasurer, chair, leather):
    builders.savings_rules(by=chair)
    services.share_out(arrived, on=day(9), by=treasurer)
    services.pay_share(arrived, member=siti, amount=400_000, way="cash", on=day(10), by=treasurer)
    services.pay_share(arrived, member=siti, amount=590_000, way="cash", on=day(11), by=treasurer)
    with pytest.raises(Refused):
        services.pay_share(arrived, member=siti, amount=1, way="cash", on=day(11), by=treasurer)
    from_savings = builders.a_member_in("Wati Savings", on=day(1), by=treasurer, voluntary=10_000)
    with pytest.raises(Refused):
        services.pay_share(arrived, member=from_savings, amount=1, way="cash", on=day(11), by=treasurer)
    savings.deposit(budi, kind="voluntary", amount=2_000_000, on=day(9), by=treasurer)
    services.pay_share(arrived, member=budi, amount=1_455_001, way="savings", on=day(11), by=treasurer)
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


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stock_jointpurchase_chosen_whole", {"supplier": None}),
        ("stock_jointpurchase_received_whole", {"received_on": day(1)}),
        ("stock_jointpurchase_received_whole", {"entry": None}),
        ("stock_jointpurchase_shared_whole", {"shared_on": day(9)}),
        ("stock_jointpurchase_paid_whole", {"paid_on": day(9)}),
        ("stock_jointpurchase_cancelled_before_received", {"cancelled_on": day(9), "cancel_reason": "x"}),
    ],
)
def test_steps_are_whole(arrived, name, values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        JointPurchase.objects.update(**values)
    assert error.value.__cause__.diag.constraint_name == name


def test_four_eyes_in_the_database(arrived, chair, treasurer):
    services.pay_supplier(arrived, on=day(9), by=treasurer)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        JointPurchase.objects.update(paid_by=chair)
    assert error.value.__cause__.diag.constraint_name == "stock_jointpurchase_four_eyes"


def test_shares_are_never_changed(arrived, treasurer):
    services.share_out(arrived, on=day(9), by=treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        JointShare.objects.update(amount=1)


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        ("joint_shares_add_up", "UPDATE stock_jointshare SET amount = amount + 1 WHERE amount = 1320001"),
        ("joint_receivables_equal_ledger", "UPDATE stock_jointshare SET amount = amount + 1 WHERE amount = 1320001"),
        ("joint_receivables_equal_ledger", "UPDATE ledger_line SET debit = debit + 1 WHERE debit = 990000"),
        ("joint_suppliers_equal_ledger", "UPDATE stock_jointline SET cost = cost - 1 WHERE cost = 135000"),
    ],
)
def test_a_check_finds_one_rupiah_that_drifted(arrived, treasurer, check, damage):
    services.share_out(arrived, on=day(9), by=treasurer)
    assert not checks.run(check, as_of=day(9)).rows
    run_around_the_guards(damage)
    assert checks.run(check, as_of=day(9)).rows


# -- the pages ---------------------------------------------------------------------------------------------------------


def test_from_the_first_need_to_the_last_rupiah_in_the_browser(
    client, budi, siti, tanner, leather, chair, treasurer, secretary
):
    on = today()
    client.force_login(budi.user)
    made = post(client, "open-purchase", {"purpose": "Kulit untuk pesanan besar", "needed_on": on})
    purchase = JointPurchase.objects.get()
    assert made.url == reverse("stock:join", args=[purchase.pk])
    for member, quantity in ((budi, "60"), (siti, "40")):
        client.force_login(member.user)
        post(client, "join", {"member": member.pk, "item": leather.pk, "quantity": quantity}, purchase.pk)
    post(client, "quote", {"supplier": tanner.pk, "item": leather.pk, "price": "33.000"}, purchase.pk)
    page = client.get(reverse("stock:purchase", args=[purchase.pk])).text
    assert "3.300.000" in page
    assert client.get(reverse("stock:choose-supplier", args=[purchase.pk])).status_code == 403
    client.force_login(chair)
    assert post(client, "choose-supplier", {"supplier": tanner.pk, "on": on}, purchase.pk).status_code == 302
    client.force_login(treasurer)
    data = {f"quantity_{leather.pk}": "100", f"cost_{leather.pk}": "3.300.000", "on": on}
    assert post(client, "receive", data, purchase.pk).status_code == 302
    assert "1.980.000" in client.get(reverse("stock:share-out", args=[purchase.pk])).text
    assert post(client, "share-out", {"on": on}, purchase.pk).status_code == 302
    data = {"amount": "1.320.000", "way": "cash", "on": on}
    assert post(client, "pay-share", data, purchase.pk, siti.pk).status_code == 302
    assert post(client, "pay-supplier", {"on": on}, purchase.pk).status_code == 302
    page = client.get(reverse("stock:purchase", args=[purchase.pk])).text
    assert "1.980.000" in page
    assert client.get(reverse("stock:purchases")).status_code == 200
    assert_clean(on)


def test_half_filled_lines_are_asked_again(client, purchase, tanner, leather, glue, budi, chair, treasurer):
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    client.force_login(treasurer)
    page = post(client, "receive", {f"quantity_{leather.pk}": "100", "on": today()}, purchase.pk)
    assert f"cost_{leather.pk}" in page.context["form"].errors


def test_calling_off_tells_who_took_part(client, purchase, budi, siti):
    client.force_login(siti.user)
    page = post(client, "cancel-purchase", {"reason": "Mahal"}, purchase.pk)
    assert page.status_code == 200  # who did not open it cannot call it off
    client.force_login(budi.user)
    assert post(client, "cancel-purchase", {"reason": "Mahal"}, purchase.pk).status_code == 302
    assert "Mahal" in siti.user.notices.latest("pk").text
