"""Price lists: drafted, priced, put in force by somebody else, and never edited afterwards."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from pricing import queries, services
from pricing.models import Price, PriceList
from pricing.services import PricingRefused
from tests.pricing.builders import DECIDED_ON, a_decision, a_price_list, an_item

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


# -- price lists -----------------------------------------------------------------------------------------------------


def test_a_new_list_begins_as_a_copy_and_governs_from_its_day(listed, sandal, bag, secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    assert dict(draft.prices.values_list("item__code", "amount")) == {"SDL": 12_000, "TAS": 250_000}
    draft = services.set_prices(draft, amounts={sandal: 13_500, bag: None}, version=1, by=secretary)
    decision = a_decision(draft, by=secretary, on=MARCH)
    services.put_in_force(draft, in_force_from=MARCH, decision=decision, version=2, by=chair)

    before, after = MARCH - datetime.timedelta(days=1), MARCH
    assert queries.price(sandal, as_of=before).amount == 12_000
    assert queries.price(sandal, as_of=after).amount == 13_500
    assert queries.price(bag, as_of=after) is None
    assert queries.price(sandal, as_of=DECIDED_ON - datetime.timedelta(days=1)) is None
    changes = queries.compare(listed, draft)
    assert [(change.item.code, change.old, change.new, change.difference) for change in changes] == [
        ("SDL", 12_000, 13_500, 1_500),
        ("TAS", 250_000, None, None),
    ]
    assert [price.amount for price in queries.history(sandal)] == [13_500, 12_000]


def test_who_drafted_cannot_decide(sandal, secretary):
    draft = services.draft_list(on=MARCH, by=secretary)
    draft = services.set_prices(draft, amounts={sandal: 12_000}, version=1, by=secretary)
    with pytest.raises(PricingRefused):
        services.put_in_force(
            draft, in_force_from=MARCH, decision=a_decision(draft, by=secretary, on=MARCH), version=2, by=secretary
        )


def test_a_list_cannot_start_before_it_was_decided(sandal, secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    draft = services.set_prices(draft, amounts={sandal: 12_000}, version=1, by=secretary)
    with pytest.raises(PricingRefused) as refusal:
        services.put_in_force(
            draft,
            in_force_from=MARCH - datetime.timedelta(days=1),
            decision=a_decision(draft, by=secretary, on=MARCH),
            version=2,
            by=chair,
        )
    assert refusal.value.field == "in_force_from"


def test_an_empty_list_is_refused(secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    with pytest.raises(PricingRefused):
        services.put_in_force(
            draft, in_force_from=MARCH, decision=a_decision(draft, by=secretary, on=MARCH), version=1, by=chair
        )


def test_two_lists_cannot_start_on_one_day(listed, secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    with pytest.raises(PricingRefused) as refusal:
        services.put_in_force(
            draft,
            in_force_from=DECIDED_ON,
            decision=a_decision(draft, by=secretary, number="RA-2"),
            version=1,
            by=chair,
        )
    assert refusal.value.field == "in_force_from"


def test_a_draft_changed_meanwhile_is_not_decided_blindly(sandal, secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    services.set_prices(draft, amounts={sandal: 12_000}, version=1, by=secretary)
    with pytest.raises(PricingRefused):
        services.put_in_force(
            draft, in_force_from=MARCH, decision=a_decision(draft, by=secretary, on=MARCH), version=1, by=chair
        )
    with pytest.raises(PricingRefused):
        services.set_prices(draft, amounts={sandal: 1}, version=1, by=secretary)


def test_one_draft_at_a_time(secretary):
    services.draft_list(on=MARCH, by=secretary)
    with pytest.raises(PricingRefused):
        services.draft_list(on=MARCH, by=secretary)


def test_a_draft_can_be_discarded_but_a_list_in_force_not(listed, secretary):
    draft = services.draft_list(on=MARCH, by=secretary)
    services.discard_draft(draft, by=secretary)
    assert list(PriceList.objects.all()) == [listed]
    with pytest.raises(PricingRefused):
        services.discard_draft(listed, by=secretary)


# -- the database says no first --------------------------------------------------------------------------------------


def around(write, error=IntegrityError):
    with pytest.raises(error), transaction.atomic():
        write()


def test_a_list_in_force_is_never_edited(listed, sandal):
    around(lambda: PriceList.objects.filter(pk=listed.pk).update(in_force_from=MARCH), DatabaseError)
    around(lambda: PriceList.objects.filter(pk=listed.pk).delete(), DatabaseError)
    around(lambda: listed.prices.update(amount=1), DatabaseError)
    around(lambda: listed.prices.all().delete(), DatabaseError)


def test_a_price_cannot_slip_into_a_list_in_force(listed, secretary):
    belt = an_item("SBK", by=secretary)
    around(lambda: Price.objects.create(price_list=listed, item=belt, amount=1), DatabaseError)
    draft = services.draft_list(on=MARCH, by=secretary)
    around(lambda: draft.prices.update(price_list=listed), DatabaseError)


def test_constraints_of_lists_and_prices(sandal, secretary, chair):
    draft = services.draft_list(on=MARCH, by=secretary)
    decision = a_decision(draft, by=secretary, on=MARCH)
    lists = PriceList.objects.filter(pk=draft.pk)
    around(lambda: lists.update(in_force_from=MARCH))
    around(lambda: lists.update(in_force_from=MARCH, decided_in=decision, decided_by=secretary))
    around(lambda: PriceList.objects.create(drafted_on=MARCH, drafted_by=chair))
    around(lambda: Price.objects.create(price_list=draft, item=sandal, amount=0))
    Price.objects.create(price_list=draft, item=sandal, amount=1)
    around(lambda: Price.objects.create(price_list=draft, item=sandal, amount=2))
