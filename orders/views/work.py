"""One question: what is next for my hands?"""

from django.shortcuts import render

from core.dates import today
from core.http import require
from core.permissions import Permission
from orders import queries
from orders.models import Order
from orders.queries import Journey
from orders.views.common import own_member
from stock import queries as stock

NEXT = 10
"""So many open orders stand on the page of one's work, the next due first; the list has the others."""


@require(Permission.ORDER_LIST)
def work(request):
    """One question: what is next for my hands? Deliveries to count, parts to send, money, then my orders."""
    member, on = own_member(request.user), today()
    journeys = [Journey(claim) for claim in queries.open_handovers(request.user)]
    own = Order.objects.filter(member=member).open() if member else Order.objects.none()
    orders = list(queries.orders(own).order_by("due_on", "pk")[: NEXT + 1])
    acting = [(journey, action) for journey in journeys if (action := journey.next_action(request.user))]
    context = {
        "member": member,
        "acting": acting,
        "waiting": [journey for journey in journeys if journey.next_action(request.user) is None],
        "own_offers": queries.own_offers(member, as_of=on) if member else [],
        "own_requests": queries.own_requests(member) if member else [],
        "own_free_hands": queries.own_free_hands(member, as_of=on),
        "asks": stock.asked_of(member, as_of=on) if member else [],
        "own_asks": stock.own_requests(member, as_of=on) if member else [],
        "orders": orders[:NEXT],
        "has_more_orders": len(orders) > NEXT,
        "weeks": queries.calendar(member, as_of=on, weeks=3) if member else [],
        "board": queries.board(member, as_of=on, limit=1),
        "as_of": on,
    }
    return render(request, "orders/work.html", context)
