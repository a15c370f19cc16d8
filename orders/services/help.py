"""A big order put together: what does not fit goes onto the board, what is missing is bought together."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.notices import tell
from members.models import Member
from orders import notifications, queries
from orders.models import Offer, Order, OrderLine
from orders.services.common import OrdersRefused, act_for, locked_open_order
from orders.services.offer import ONE, post_offer
from stock import queries as stock_queries
from stock import services as stock
from stock.models import JointPurchase


@transaction.atomic
def offer_rest(
    order: Order,
    *,
    prices: dict[OrderLine, int],
    material_included: bool,
    closes_on: datetime.date,
    due_on: datetime.date,
    step: Decimal = ONE,
    on: datetime.date,
    by: User,
    **terms,
) -> list[Offer]:
    """Put what does not fit of every line onto the board in one go, to be shared fairly when the offer closes.

    `prices` is what the maker gets for one, per line; `step` and `terms` as for `post_offer`. The workshops that a
    fair sharing would reach are told how much it would be. Raises OrdersRefused where everything fits or is on the
    board already.
    """
    found = queries.package(order, as_of=on)
    posted = []
    for work in found.work:
        if not work.to_offer or work.line not in prices:
            continue
        offer = post_offer(
            work.line,
            quantity=work.to_offer,
            maker_price=prices[work.line],
            material_included=material_included,
            closes_on=closes_on,
            due_on=due_on,
            is_shared=True,
            step=step,
            on=on,
            by=by,
            **terms,
        )
        _tell_hands(offer, work)
        posted.append(offer)
    if not posted:
        raise OrdersRefused(_("Everything fits or is on the board already. There is nothing to offer."))
    return posted


def _tell_hands(offer: Offer, work: queries.Work) -> None:
    users = dict(Member.objects.filter(pk__in=[hand.pk for hand in work.hands]).values_list("pk", "user"))
    logins = User.objects.in_bulk([user for user in users.values() if user])
    for hand in work.hands:
        text = notifications.could_make(offer, hand.part)
        tell(logins.get(users.get(hand.pk)), text, url=reverse("orders:offer", args=[offer.pk]))


@transaction.atomic
def buy_together(order: Order, *, on: datetime.date, by: User) -> JointPurchase:
    """Open a joint purchase with what the order lacks and nobody can lend, needed in time to make it.

    Raises OrdersRefused where nothing is missing or a purchase for this order is open.
    """
    order = locked_open_order(order, by=by)
    act_for(order.member, by)
    url = reverse("orders:help", args=[order.pk])
    if stock_queries.open_purchases().filter(url=url).exists():
        raise OrdersRefused(
            _("A joint purchase for this order is open already. Look for it among the joint purchases.")
        )
    missing = {row.item: row.to_buy for row in queries.package(order, as_of=on).material if row.to_buy}
    if not missing:
        raise OrdersRefused(
            _("Nothing has to be bought for this order: all of it is there, or a neighbour can lend it.")
        )
    lead = stock_queries.lead_time(as_of=on)
    purchase = stock.open_purchase(
        purpose=_("Material for order {order}").format(order=order),
        needed_on=max(order.due_on - lead, on),
        url=url,
        on=on,
        by=by,
    )
    for item, quantity in missing.items():
        stock.join(purchase, member=order.member, item=item, quantity=quantity, on=on, by=by)
    audit.record("help.bought_together", order, by=by, purchase=purchase)
    return purchase
