"""What remains of the price: material at the agreed prices, and the way to the buyer."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from orders.arithmetic.margin import Margin, share
from orders.models import Offer, Order, OrderLine
from orders.models.quantities import NONE
from pricing.models import Item
from pricing.queries import amounts, price_list
from stock.models import BillLine


def material_costs(items: Iterable[Item], *, as_of: datetime.date) -> dict[int, int | None]:
    """The material in one of each item, by its key: None where there is no bill or a material has no price. Two

    queries, however many items.
    """
    prices, found = amounts(price_list(as_of=as_of)), {item.pk: None for item in items}
    costs: dict[int, Decimal | None] = {}
    for line in BillLine.objects.filter(item__in=found):
        price, before = prices.get(line.material_id), costs.get(line.item_id, NONE)
        costs[line.item_id] = None if price is None or before is None else before + line.needed_for(Decimal(1)) * price
    return found | {pk: None if cost is None else int(cost) for pk, cost in costs.items()}


def bringing_of_one(order: Order) -> int:
    """Of what the way to the buyer costs, the part of one piece."""
    return share(order.bringing, sum((line.base_quantity for line in order.lines.all()), NONE)) if order.bringing else 0


def offer_margin(
    line: OrderLine, *, quantity: Decimal, maker: int, material_included: bool, as_of: datetime.date
) -> Margin:
    """What remains of one of a line where the maker gets so much; without the material, that is the maker's."""
    material = material_costs([line.item], as_of=as_of)[line.item_id] if material_included else 0
    return Margin(quantity, line.price, maker, material, bringing_of_one(line.order))


def maker_margin(offer: Offer, *, quantity: Decimal, as_of: datetime.date) -> Margin:
    """What the maker keeps of one: the price, less the material where it is the maker's own."""
    material = 0 if offer.material_included else material_costs([offer.line.item], as_of=as_of)[offer.line.item_id]
    return Margin(quantity, offer.maker_price, material=material)
