"""Workshops, orders and surplus work for the tests, made through the services."""

import datetime
from decimal import Decimal

from members import services as members
from members.models import Business, Member, Partner
from orders import services
from orders.models import Claim, Delivery, Offer, Order
from tests import builders

MONDAY = datetime.date(2026, 3, 2)


def day(days: int) -> datetime.date:
    """`days` after MONDAY, the day on which most of these tests happen."""
    return MONDAY + datetime.timedelta(days=days)


def a_workshop(name: str, *, per_week: int | None = 70, skills=(), by) -> Member:
    """A member with a login (the first word of the name), a business, and a capacity from the start of 2026."""
    member = builders.a_member(name, username=name.split()[0].lower(), by=by)
    business = builders.a_business(member, name=f"Kulit {name}", by=by)
    if skills:
        members.set_skills(business, skills=skills, by=by)
    if per_week is not None:
        services.set_capacity(business, from_on=datetime.date(2026, 1, 1), per_week=per_week, by=by)
    return Member.objects.select_related("user", "business").get(pk=member.pk)


def an_order(
    member: Member, item, *, quantity=100, unit=None, price=None, reason="", on=MONDAY, due=28, partner=None
) -> Order:
    """An order of one line, due `due` days after it was taken."""
    wanted = services.Wanted(item, unit or item.base_unit, Decimal(quantity), price, reason)
    return services.take_order(
        member,
        partner=partner or a_buyer(),
        lines=[wanted],
        due_on=on + datetime.timedelta(days=due),
        on=on,
        by=member.user,
    )


def a_buyer(name="Toko Mirasa"):
    return Partner.objects.filter(name=name).first() or builders.a_partner(name)


def an_offer(order: Order, *, quantity=60, price=9_000, closes=5, due=21, material=True, on=MONDAY, **facts) -> Offer:
    return services.post_offer(
        order.lines.select_related("order", "item__base_unit").get(),
        quantity=Decimal(quantity),
        maker_price=price,
        material_included=material,
        closes_on=on + datetime.timedelta(days=closes),
        due_on=on + datetime.timedelta(days=due),
        on=on,
        by=order.member.user,
        **facts,
    )


def a_claim(offer: Offer, member: Member, *, quantity=20, insist=True, on=MONDAY) -> Claim:
    return services.claim(offer, member=member, quantity=Decimal(quantity), insist=insist, on=on, by=member.user)


def a_confirmed_delivery(claim: Claim, *, delivered=None, accepted=None, reason="jahitan lepas", on=None) -> Delivery:
    """Everything taken is sent a week later and counted the day after; `accepted` is all of it unless given."""
    on = on or day(7)
    delivered = Decimal(delivered or claim.quantity)
    accepted = delivered if accepted is None else Decimal(accepted)
    delivery = services.deliver(claim, delivered=delivered, on=on, by=claim.member.user)
    return services.confirm(
        delivery,
        accepted=accepted,
        rejection_reason=reason if accepted < delivered else "",
        on=on + datetime.timedelta(days=1),
        by=claim.offer.line.order.member.user,
    )


def business_of(member: Member) -> Business:
    return Business.objects.get(member=member)
