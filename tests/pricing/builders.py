"""Items and lists for the tests of pricing and orders, made through the services."""

import datetime

from governance.models import Decision
from pricing import services
from pricing.models import Item, PriceList, Unit
from tests import builders

DECIDED_ON = datetime.date(2026, 1, 12)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def an_item(code="SDL", *, name=None, kind="product", base="pair", skill=None, by, **minutes) -> Item:
    return services.add_item(
        code=code, name=name or f"Sandal {code}", kind=kind, base_unit=unit(base), skill=skill, by=by, **minutes
    )


def a_decision(draft, *, by, on=DECIDED_ON, number=None) -> Decision:
    """The members agreed on this draft."""
    return builders.a_decision(by=by, on=on, number=number, kind="price_list", about=draft)


def a_price_list(amounts: dict[Item, int], *, start=DECIDED_ON, drafter, decider) -> PriceList:
    """A list in force from `start`, decided on that day."""
    draft = services.draft_list(on=start, by=drafter)
    draft = services.set_prices(draft, amounts=amounts, version=draft.version, by=drafter)
    return services.put_in_force(
        draft,
        in_force_from=start,
        decision=a_decision(draft, by=drafter, on=start),
        version=draft.version,
        by=decider,
    )
