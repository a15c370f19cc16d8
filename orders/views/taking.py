"""Orders in the browser: looking, offering, closing; and what waits for one's own hands."""

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import export, page_of, require, submit
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member
from orders import queries, services
from orders.forms import FinishForm, OrderFilter, ReasonForm, SurplusForm, offer_dates
from orders.journey import Journey
from orders.models import Claim, Order, OrderLine, ProceedsPayment
from pricing.models import Unit

NEXT = 10
"""So many open orders stand on the page of one's work, the next due first; the list has the others."""


def own_member(user) -> Member | None:
    """The member who is logged in; None for officers and supervisors without a workshop."""
    return Member.objects.filter(user=user).select_related("business").first()


# -- what waits for me -----------------------------------------------------------------------------------------------


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
        "orders": orders[:NEXT],
        "has_more_orders": len(orders) > NEXT,
        "weeks": queries.calendar(member, as_of=on, weeks=3) if member else [],
        "board": queries.board(member, as_of=on, limit=1),
        "as_of": on,
    }
    return render(request, "orders/work.html", context)


# -- orders ----------------------------------------------------------------------------------------------------------


@require(Permission.ORDER_LIST)
def index(request):
    found = OrderFilter(request.GET, queryset=queries.orders(Order.objects.visible_to(request.user)))
    rows = found.qs.order_by("-ordered_on", "-pk")
    context = {
        "filter": found,
        "page": page_of(request, rows),
        "total": found.qs.aggregate(total=Sum("amount"))["total"] or 0,
        "as_of": today(),
    }
    return render(request, "orders/list.html", context)


@require(Permission.ORDER_LIST)
def export_orders(request):
    """The list as it is filtered, for the secretary's own tables."""
    found = OrderFilter(request.GET, queryset=queries.orders(Order.objects.visible_to(request.user)))
    columns = [
        Column(_("Number")),
        Column(_("Ordered on"), "date"),
        Column(_("Due on"), "date"),
        Column(_("Buyer")),
        Column(_("Market")),
        Column(_("Taken by")),
        Column(_("State")),
        Column(_("Lines below the list"), "number"),
        Column(_("Value"), "rupiah"),
    ]
    rows = (
        [
            order.number,
            order.ordered_on,
            order.due_on,
            order.partner.name,
            order.partner.get_market_display(),
            order.member.name,
            order.state,
            order.below_list,
            int(order.amount),
        ]
        for order in found.qs.order_by("ordered_on", "pk")
    )
    return export(_("orders"), Sheet(_("Orders"), columns=columns, rows=rows), on=today())


@require(Permission.ORDER_LIST, of=Order)
def detail(request, pk):
    order = get_object_or_404(queries.orders(Order.objects.visible_to(request.user)), pk=pk)
    on = today()
    claims = queries.handovers(Claim.objects.filter(surplus__line__order=order))
    lines = list(queries.lines(order).prefetch_related("photos"))
    context = {
        "order": order,
        "lines": [(line, queries.not_offered(line, as_of=on)) for line in lines],
        "can_invoice": any(line.to_invoice > 0 for line in lines),
        "account": queries.account(order, as_of=on),
        "shipments": order.shipments.order_by("pk"),
        "returns": order.returns.select_related("invoice").order_by("pk"),
        "can_return": any(line.shipped > line.returned for line in lines),
        "proceeds": ProceedsPayment.objects.filter(invoice__order=order).select_related("invoice").order_by("pk"),
        "pays_member": request.user.can(Permission.SETTLEMENT_PAY) and order.member.user_id != request.user.pk,
        "invoices": order.invoices.counted(as_of=on).order_by("pk"),
        "payments": order.payments.select_related("invoice").order_by("pk"),
        "may_sell": may_sell(request.user, order),
        "surpluses": queries.surpluses(order),
        "journeys": [Journey(claim) for claim in claims],
        "answer": queries.capacity_answer(order, as_of=on) if order.is_open else None,
        "may_act": order.member.user_id == request.user.pk or request.user.can(Permission.ORDER_FOR_OTHERS),
        "events": audit.trail(order, reader=request.user),
        "as_of": on,
    }
    return render(request, "orders/detail.html", context)


def may_sell(user, order) -> bool:
    """Who writes this order's invoices and payments: the treasurer where the cooperative sells, else the member."""
    if order.is_sold_by_cooperative:
        return user.can(Permission.BUYER_MONEY)
    return user.can(Permission.ORDER_TAKE) and (
        order.member.user_id == user.pk or user.can(Permission.ORDER_FOR_OTHERS)
    )


@require(Permission.ORDER_TAKE)
def finish(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("partner"), pk=pk)
    form = FinishForm(request.POST or None)
    if form.is_valid() and submit(form, services.finish, order, by=request.user, **form.facts):
        messages.success(request, _("Order {number} is done. Well made.").format(number=order.number))
        return redirect("orders:detail", pk)
    return render(request, "orders/finish.html", {"form": form, "order": order})


@require(Permission.ORDER_TAKE)
def cancel(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("partner"), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and submit(form, services.cancel, order, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Order {number} is cancelled.").format(number=order.number))
        return redirect("orders:detail", pk)
    return render(request, "orders/cancel.html", {"form": form, "order": order})


# -- offering --------------------------------------------------------------------------------------------------------


@require(Permission.SURPLUS_POST)
def post_surplus(request, pk):
    rows = OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user))
    line = get_object_or_404(
        rows.select_related("order__member", "order__partner", "item__base_unit", "item__skill"), pk=pk
    )
    on = today()
    remaining, answer = queries.not_offered(line, as_of=on), queries.capacity_answer(line.order, as_of=on)
    initial = offer_dates(line.order.due_on, on=on)
    initial["quantity"] = min(remaining, answer.too_much or remaining) or None
    units = Unit.objects.filter(is_counted=True, multiple__isnull=False).order_by("multiple")
    form = SurplusForm(request.POST or None, request.FILES or None, initial=initial, item=line.item, units=units)
    if form.is_valid() and (offer := submit(form, services.post_surplus, line, on=on, by=request.user, **form.facts)):
        messages.success(request, _("The offer is on the board. The members who fit best have been told."))
        return redirect("orders:surplus", offer.pk)
    context = {"form": form, "line": line, "order": line.order, "remaining": remaining, "answer": answer}
    return render(request, "orders/post_surplus.html", context)
