"""Items and their units: what converts, and what is refused."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance.models import Decision
from pricing import queries, services
from pricing.models import Item, ItemUnit, Unit
from pricing.services import PricingRefused
from tests.pricing.builders import a_price_list, an_item, unit

MARCH = datetime.date(2026, 3, 12)


@pytest.fixture
def sandal(secretary):
    return an_item("SDL", name="Sandal kulit", by=secretary)


@pytest.fixture
def bag(secretary):
    return an_item("TAS", name="Tas kulit", base="piece", by=secretary)


@pytest.fixture
def listed(sandal, bag, secretary, chair):
    return a_price_list({sandal: 12_000, bag: 250_000}, drafter=secretary, decider=chair)


# -- units -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "code", "expected"),
    [("80", "pair", 80), ("4", "kodi", 80), ("0.5", "kodi", 10), ("3", "dozen", 36), ("1.25", "dozen", 15)],
)
def test_counted_units_are_multiples_of_the_pair(sandal, quantity, code, expected):
    assert services.in_base_units(sandal, Decimal(quantity), unit(code)) == expected


@pytest.mark.parametrize(("quantity", "code"), [("0.5", "pair"), ("0.333", "kodi"), ("1.1", "dozen")])
def test_a_part_of_a_pair_is_refused(sandal, quantity, code):
    with pytest.raises(PricingRefused) as refusal:
        services.in_base_units(sandal, Decimal(quantity), unit(code))
    assert refusal.value.field == "quantity"


def test_a_sheet_holds_what_the_item_says(secretary):
    leather = an_item("KLT", kind="material", base="sqft", by=secretary)
    services.set_conversion(leather, unit=unit("sheet"), in_base=Decimal("22.5"), by=secretary)
    assert services.in_base_units(leather, Decimal("2.5"), unit("sheet")) == Decimal("56.250")


def test_a_unit_the_item_does_not_know_is_refused(sandal, secretary):
    with pytest.raises(PricingRefused) as refusal:
        services.in_base_units(sandal, Decimal(1), unit("kg"))
    assert refusal.value.field == "unit"


def test_a_quantity_that_would_need_rounding_is_refused(secretary):
    leather = an_item("KLT", kind="material", base="sqft", by=secretary)
    services.set_conversion(leather, unit=unit("sheet"), in_base=Decimal("22.333"), by=secretary)
    with pytest.raises(PricingRefused):
        services.in_base_units(leather, Decimal("0.001"), unit("sheet"))


def test_kodi_and_dozen_keep_their_meaning(sandal, secretary):
    with pytest.raises(PricingRefused):
        services.set_conversion(sandal, unit=unit("kodi"), in_base=Decimal(10), by=secretary)


def test_the_units_offered_are_those_that_convert(sandal, secretary):
    leather = an_item("KLT", kind="material", base="sqft", by=secretary)
    services.set_conversion(leather, unit=unit("sheet"), in_base=Decimal(20), by=secretary)
    assert [one.code for one in queries.units_of(sandal)] == ["pair", "dozen", "kodi"]
    assert {one.code for one in queries.units_of(leather)} == {"sqft", "sheet"}


# -- items -----------------------------------------------------------------------------------------------------------


def test_a_code_is_given_once(sandal, secretary):
    with pytest.raises(PricingRefused) as refusal:
        an_item("sdl", by=secretary)
    assert refusal.value.field == "code"


def correct(item, by, **changes):
    facts = {
        "code": item.code,
        "name": item.name,
        "kind": item.kind,
        "base_unit": item.base_unit,
        "skill": None,
        "is_active": True,
        "version": item.version,
    }
    return services.correct_item(item, **{**facts, **changes}, by=by)


def test_a_stale_correction_is_refused(sandal, secretary):
    correct(sandal, secretary, name="Sandal jepit")
    with pytest.raises(PricingRefused):
        correct(sandal, secretary, name="Sandal gunung")
    assert Item.objects.get(pk=sandal.pk).name == "Sandal jepit"


def test_the_unit_stays_once_a_price_is_written(listed, sandal, secretary):
    with pytest.raises(PricingRefused) as refusal:
        correct(sandal, secretary, base_unit=unit("piece"))
    assert refusal.value.field == "base_unit"


# -- around the services ---------------------------------------------------------------------------------------------


def around(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_constraints_of_items_and_units(sandal):
    around(lambda: Unit.objects.create(code="x", name="x", is_counted=True, multiple=1))
    around(lambda: Unit.objects.create(code="x", name="x", is_counted=False, multiple=5))
    around(lambda: Item.objects.filter(pk=sandal.pk).update(kind="nothing"))
    around(lambda: ItemUnit.objects.create(item=sandal, unit=unit("sheet"), in_base=0))
    ItemUnit.objects.create(item=sandal, unit=unit("sheet"), in_base=1)
    around(lambda: ItemUnit.objects.create(item=sandal, unit=unit("sheet"), in_base=2))
    assert Decision.objects.count() == 0
