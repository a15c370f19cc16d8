"""The work of the story: orders, what is too much for one workshop, and the hands that take it."""

import datetime
from decimal import Decimal
from random import Random

from kokkmas.seed.founding import Cooperative
from kokkmas.seed.people import MAKERS
from kokkmas.seed.speed import refusal_possible
from members.models import Member
from orders import queries, services
from orders.models import Claim, Order
from orders.services import Wanted
from pricing.models import Unit
from sales import services as sales

DAYS = datetime.timedelta(days=1)


def open_workshops(coop: Cooperative) -> None:
    for member, maker in zip(coop.makers, MAKERS, strict=False):
        services.set_capacity(member.business, from_on=coop.started_on, per_week=maker.weekly, by=member.user)


def take_orders(coop: Cooperative, *, on: datetime.date, random: Random) -> list[Claim]:
    """One to three orders of the day. Big workshops are asked first, which is why they have too much."""
    claims = []
    for _ in range(random.choice([1, 2, 2, 3])):
        maker = random.choices(range(len(coop.makers)), weights=[MAKERS[i].weekly for i in range(len(coop.makers))])[0]
        order = _order(coop, coop.makers[maker], MAKERS[maker], on=on, random=random)
        claims += _share_out(coop, order, on=on, random=random)
    return claims


def _order(coop, member: Member, maker, *, on: datetime.date, random: Random) -> Order:
    partners, weights = zip(*coop.buyers, strict=True)
    item = random.choice(coop.items[maker.product])
    weeks = random.choice([2, 3, 4])
    quantity = max(int(maker.weekly * weeks * random.choice([0.3, 0.5, 0.8, 1.2, 1.7])), 2)
    unit = item.base_unit
    if quantity >= 40:
        unit, quantity = Unit.objects.get(code="kodi"), quantity // 20
    below = random.random() < 0.04
    return services.take_order(
        member,
        partner=random.choices(partners, weights)[0],
        lines=[
            Wanted(
                item,
                unit,
                Decimal(quantity),
                price=item.prices.latest("price_list__in_force_from").amount * 95 // 100 if below else None,
                price_reason="Barang sisa musim lalu, warna memudar" if below else "",
            )
        ],
        due_on=on + weeks * 7 * DAYS,
        on=on,
        by=member.user,
    )


def _share_out(coop: Cooperative, order: Order, *, on: datetime.date, random: Random) -> list[Claim]:
    """Offer what does not fit, to the members the board proposes."""
    too_much = int(queries.capacity_answer(order, as_of=on).too_much)
    if too_much < 2 or random.random() < 0.15:
        return []
    line = order.lines.select_related("item__base_unit").get()
    offer = services.post_offer(
        line,
        quantity=min(Decimal(too_much), queries.not_offered(line, as_of=on)),
        maker_price=line.price * random.choice([80, 85, 85, 90]) // 100 // 100 * 100,
        material_included=random.random() < 0.4,
        at_a_loss=True,
        closes_on=on + 5 * DAYS,
        due_on=order.due_on - 2 * DAYS,
        on=on,
        by=order.member.user,
    )
    return _claim(coop, offer, on=on + DAYS, random=random)


def _claim(coop: Cooperative, offer, *, on: datetime.date, random: Random) -> list[Claim]:
    left, claims = int(queries.left(offer)), []
    makers = {member.pk: member for member in coop.makers}
    for candidate in queries.proposals(offer, as_of=on)[: random.choice([1, 2, 3])]:
        member, part = makers.get(candidate.pk), min(left, max(left // 2, 10))
        if member is None or not part:
            continue
        try:
            with refusal_possible():
                claims.append(services.claim(offer, member=member, quantity=Decimal(part), on=on, by=member.user))
        except services.MustInsist:
            continue
        left -= part
    return claims


def hand_over(coop: Cooperative, claim: Claim, *, on: datetime.date, random: Random) -> None:
    """Sent, counted, paid. One in eight has a few pairs that come back."""
    holder = claim.offer.line.order.member
    quantity = queries.to_send(claim)
    delivery = services.deliver(claim, delivered=quantity, on=on, by=claim.member.user)
    bad = Decimal(random.choice([0] * 7 + [min(int(quantity) // 10, 6)]))
    services.confirm(
        delivery,
        accepted=quantity - bad,
        rejection_reason="Jahitan lepas, mohon diperbaiki" if bad else "",
        on=on,
        by=holder.user,
    )
    method = random.choice(["cash", "cash", "savings", "direct"])
    paid = services.settle(
        delivery,
        method="cash" if method == "savings" else method,
        into_savings=method == "savings",
        on=on + DAYS,
        by=holder.user if method == "direct" else coop.treasurer,
    )
    if method != "savings" and random.random() < 0.9:
        services.pay_out(paid, on=on + 2 * DAYS, by=claim.member.user if method == "direct" else coop.treasurer)


def finish_old_orders(*, on: datetime.date, random: Random) -> None:
    """What was due some time ago is with its buyer; a few were called off."""
    for order in Order.objects.open().filter(due_on__lt=on - 3 * DAYS).order_by("pk"):
        try:
            with refusal_possible():
                sales.finish(order, on=on, by=order.member.user)
        except services.OrdersRefused:
            continue
