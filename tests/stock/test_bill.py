"""What an item is made of."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.errors import Refused
from stock import queries, services
from stock.models import BillLine
from tests.stock.test_views import post


def test_so_many_pairs_take_so_much_leather_waste_included(sandal, leather, glue, secretary):
    """1.5 SF a pair and 10 % waste: 1,400 pairs take 2,310 SF; 0.02 tins of glue are 28."""
    services.write_bill(sandal, material=leather, quantity=Decimal("1.5"), waste_bp=1_000, by=secretary)
    services.write_bill(sandal, material=glue, quantity=Decimal("0.02"), by=secretary)
    assert queries.material_for({sandal.pk: Decimal(1400)}) == {leather: Decimal(2310), glue: Decimal(28)}


def test_leather_is_not_cut_short(sandal, leather, secretary):
    line = services.write_bill(sandal, material=leather, quantity=Decimal("0.333"), waste_bp=333, by=secretary)
    assert line.needed_for(Decimal(1)) == Decimal("0.345")  # 0.3440889


def test_writing_again_corrects_and_taking_out_ends_it(sandal, leather, secretary):
    services.write_bill(sandal, material=leather, quantity=Decimal(1), by=secretary)
    services.write_bill(sandal, material=leather, quantity=Decimal(2), by=secretary)
    line = BillLine.objects.get()
    assert line.quantity == 2
    services.remove_from_bill(line, by=secretary)
    assert not BillLine.objects.exists()


@pytest.mark.parametrize(
    ("of", "material", "facts", "field"),
    [
        ("leather", "glue", {}, None),
        ("sandal", "sandal", {}, "material"),
        ("sandal", "leather", {"quantity": Decimal(0)}, "quantity"),
        ("sandal", "leather", {"waste_bp": 10_000}, "waste_bp"),
    ],
)
def test_what_makes_no_sense_is_refused(request, sandal, leather, glue, secretary, of, material, facts, field):
    of, material = request.getfixturevalue(of), request.getfixturevalue(material)
    with pytest.raises(Refused) as refusal:
        services.write_bill(of, material=material, by=secretary, **{"quantity": Decimal(1), **facts})
    assert refusal.value.field == field


def test_the_secretary_keeps_it_and_everybody_reads_it(client, sandal, leather, secretary, budi):
    client.force_login(secretary)
    data = {"material": leather.pk, "quantity": "1,5", "waste_bp": "10"}
    assert post(client, "bill", data, sandal.pk).status_code == 302
    client.force_login(budi.user)
    page = client.get(reverse("pricing:item", args=[sandal.pk])).text
    assert "Kulit sapi" in page
    assert "10\u00a0%" in page
    assert client.get(reverse("stock:bill", args=[sandal.pk])).status_code == 403
    client.force_login(secretary)
    assert client.get(reverse("stock:bill", args=[leather.pk])).status_code == 404
    assert post(client, "remove-from-bill", {}, BillLine.objects.get().pk).status_code == 302
    assert not BillLine.objects.exists()
