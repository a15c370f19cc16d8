"""Everything a big order needs, on one page: hands, material, money, and who could help with each."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core import sql
from core.dates import add_months
from loans import queries as loans
from orders.arithmetic.round import in_lots
from orders.models import Order, OrderLine
from orders.models.quantities import NONE
from orders.queries.capacity import Answer, capacity_answer, jobs
from orders.queries.offer import not_offered, offers_of
from orders.queries.order import lines
from pricing.models import Item
from pricing.queries import amounts, price_list
from stock import queries as stock
from stock.arithmetic.loan import worth

ASKED = 10
"""So many workshops at most are proposed for a line; the board shows the offer to everybody."""


@dataclass(frozen=True)
class Hand:
    """A workshop that could make a part, and the part a fair sharing would give it."""

    pk: int
    name: str
    free: Decimal
    jobs: int
    part: int
    asks_until: datetime.date | None


@dataclass(frozen=True)
class Work:
    """A line of the order: what of it fits, what does not and can be offered, and who could make it."""

    line: OrderLine
    too_much: Decimal
    to_offer: Decimal
    hands: Sequence[Hand]
    goods: Sequence[stock.Holder] = ()
    """Who has it finished, best to ask first."""

    @property
    def mine(self) -> Decimal:
        """What the own workshop makes, has made or sent in time."""
        return self.line.base_quantity - self.line.taken - self.line.goods_taken - self.too_much

    @property
    def on_board(self) -> Decimal:
        return self.too_much - self.to_offer

    @property
    def covered(self) -> int:
        return sum(hand.part for hand in self.hands)


@dataclass(frozen=True)
class Material:
    """A material of the order: needed, at hand, what neighbours can spare, what must be bought and its cost.

    `cost` is None where the material stands on no price list.
    """

    item: Item
    needed: Decimal
    own: Decimal
    holders: Sequence[stock.Holder]
    price: int | None

    @property
    def missing(self) -> Decimal:
        return max(self.needed - self.own, NONE)

    @property
    def to_borrow(self) -> Decimal:
        return min(self.missing, sum((holder.spare for holder in self.holders), NONE))

    @property
    def to_buy(self) -> Decimal:
        """What nobody can lend."""
        return self.missing - self.to_borrow

    @property
    def cost(self) -> int | None:
        """Of what nobody can lend: the same that is bought together and that a loan would pay for."""
        return None if self.price is None else worth(self.to_buy, self.price)

    @property
    def cost_later(self) -> int | None:
        """Of what is borrowed: it is bought again before it goes back."""
        return None if self.price is None else worth(self.to_borrow, self.price)


@dataclass(frozen=True)
class Capital:
    """The loan application as it would be filled in: all that is missing, paid back when the buyer has paid.

    `beyond` is what the product does not lend of it.
    """

    product: int
    principal: int
    instalments: int
    last_on: datetime.date
    beyond: int


@dataclass(frozen=True)
class Package:
    answer: Answer
    work: Sequence[Work]
    material: Sequence[Material]
    capital: Capital | None

    @property
    def is_ready(self) -> bool:
        return not any(row.too_much for row in self.work) and not any(row.missing for row in self.material)

    @property
    def must_buy(self) -> bool:
        return any(row.to_buy for row in self.material)

    @property
    def can_offer(self) -> bool:
        return any(row.to_offer for row in self.work)

    @property
    def cost(self) -> int:
        return sum(row.cost or 0 for row in self.material)

    @property
    def cost_later(self) -> int:
        return sum(row.cost_later or 0 for row in self.material)


def package(order: Order, *, as_of: datetime.date) -> Package:
    """What fits, what is missing, what it costs, who could help. Queries grow with the lines, not with the members."""
    answer = capacity_answer(order, as_of=as_of)
    material = _material(order, as_of=as_of)
    cost = sum(row.cost or 0 for row in material)
    return Package(
        answer, _work(order, answer, as_of=as_of), material, capital(cost, due_on=paid_by_buyer(order), on=as_of)
    )


def _work(order: Order, answer: Answer, *, as_of: datetime.date) -> list[Work]:
    own = {row.line_id: row.quantity for row in jobs(order.member, as_of=as_of) if _is_own(row, order)}
    on_board = defaultdict(lambda: NONE)
    for offer in offers_of(order).open(as_of=as_of):
        on_board[offer.line_id] += offer.left
    found = []
    for line in lines(order):
        too_much = max(own.get(line.pk, NONE) - answer.fits_of.get(line.pk, NONE), NONE) if answer.is_known else NONE
        to_offer = min(max(too_much - on_board[line.pk], NONE), not_offered(line, as_of=as_of))
        hands = split(line.item, to_offer, holder=order.member_id, until=order.due_on, as_of=as_of) if to_offer else []
        found.append(Work(line, too_much, to_offer, hands))
    wanted = {row.line.item: row.too_much for row in found if row.too_much}
    goods = stock.holders_of(wanted, as_of=as_of, without=[order.member_id]) if wanted else {}
    return [replace(row, goods=goods.get(row.line.item, ())) for row in found]


def _is_own(row, order: Order) -> bool:
    return row.order_id == order.pk and row.claim_id is None


def split(item: Item, pieces: Decimal, *, holder: int, until: datetime.date, as_of: datetime.date) -> list[Hand]:
    """Who could make so many pieces, in lots worth giving, fair by free capacity as a round would share them."""
    rows = sql.rows("orders/sql/hands.sql", item=item.pk, holder=holder, until=until, as_of=as_of, limit=ASKED)
    shares = in_lots(int(pieces), {row.id: int(row.free) for row in rows}, smallest=item.smallest_lot)
    return [
        Hand(row.id, row.name, row.free, row.jobs, shares[row.id], row.asks_until) for row in rows if shares.get(row.id)
    ]


def _material(order: Order, *, as_of: datetime.date) -> list[Material]:
    made = {row.item_id: row.quantity for row in sql.rows("orders/sql/remaining.sql", order=order.pk, as_of=as_of)}
    needed = stock.material_for(made)
    if not needed:
        return []
    items = [item.pk for item in needed]
    held = stock.held_by(items=items, members=[order.member_id], as_of=as_of)
    others = stock.needs_of(as_of=as_of, items=items, members=[order.member_id])
    lead = order.due_on - stock.lead_time(as_of=as_of)
    own = {}
    for item in needed:
        before = [
            need.quantity
            for need in others[order.member_id, item.pk]
            if need.label != order.number and need.needed_on <= lead
        ]
        own[item] = max(held[order.member_id, item.pk] - sum(before, NONE), NONE)
    wanted = {item: max(quantity - own[item], NONE) for item, quantity in needed.items()}
    holders = stock.holders_of(wanted, as_of=as_of, without=[order.member_id])
    prices = amounts(price_list(as_of=as_of))
    return [
        Material(item, quantity, own[item], holders[item] if wanted[item] else [], prices.get(item.pk))
        for item, quantity in needed.items()
    ]


def paid_by_buyer(order: Order) -> datetime.date:
    """The day on which the order brings its money: when it is delivered and the buyer's days to pay are over."""
    return order.due_on + datetime.timedelta(days=order.terms_days)


def capital(cost: int, *, due_on: datetime.date, on: datetime.date) -> Capital | None:
    """The product that lends all of it, and among those the fewest instalments that end when the buyer has paid;

    else the one that lends most of it. None where no product reaches so far or lends so little.
    """
    found = []
    for rules in loans.rules_in_force(on=on) if cost else []:
        if cost < rules.least_amount:
            continue
        for number in range(max(rules.least_instalments, 1), rules.most_instalments + 1):
            last = _after(on, rules, number)
            if last >= due_on:
                beyond = max(cost - rules.most_amount, 0)
                found.append((beyond, number, last, rules.product.name, rules.product_id))
                break
    if not found:
        return None
    beyond, number, last, _name, product = min(found)
    return Capital(product, cost - beyond, number, last, beyond)


def _after(on: datetime.date, rules, number: int) -> datetime.date:
    """The day of the last of so many instalments."""
    steps = number * rules.every
    if rules.period == "month":
        return add_months(on, steps)
    return on + datetime.timedelta(days=steps * (7 if rules.period == "week" else 1))
