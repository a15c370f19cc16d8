"""A big order on one page: what fits, what is missing, what it costs, who could help, and the next buttons."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import Form
from core.http import require, submit
from core.permissions import Permission
from orders import queries, services
from orders.forms import OfferRestForm, offer_dates
from orders.models import Claim, GoodsTaken, Order, WorkRequest
from orders.queries import Journey
from orders.views.common import own_member
from pricing.models import Unit
from stock.errors import StockRefused
from stock.models import JointPurchase


def _order_or_404(request, pk):
    return get_object_or_404(Order.objects.visible_to(request.user).select_related("member", "partner"), pk=pk)


@require(Permission.ORDER_TAKE)
def too_much(request):
    """“Too many orders”: which of them do not fit; a single one opens at once."""
    member, on = own_member(request.user), today()
    found = queries.too_much(member, as_of=on) if member else []
    if len(found) == 1:
        return redirect("orders:help", found[0][0].pk)
    is_known = member is not None and bool(queries.workshop_of(member).spans)
    return render(request, "orders/too_much.html", {"found": found, "member": member, "is_known": is_known})


@require(Permission.ORDER_LIST, of=Order)
def help_page(request, pk):
    order, on = _order_or_404(request, pk), today()
    try:
        found = queries.package(order, as_of=on)
    except StockRefused as refusal:  # no rules of lending yet, so nobody can say what is missing when
        return render(request, "orders/help.html", {"order": order, "refusal": refusal})
    offers = queries.offers_of(order).open(as_of=on)
    claims = queries.handovers(Claim.objects.filter(offer__line__order=order))
    requests = (
        WorkRequest.objects.waiting().filter(offer__in=offers).select_related("member", "offer__line__item__base_unit")
    )
    goods = GoodsTaken.objects.filter(line__order=order, loan__declined_on=None).select_related(
        "loan__lender", "loan__item__base_unit"
    )
    context = {
        "order": order,
        "package": found,
        "offers": offers,
        "requests": requests.order_by("asked_on", "pk"),
        "journeys": [Journey(claim) for claim in claims],
        "goods": goods.order_by("pk"),
        "purchases": JointPurchase.objects.filter(url=request.path, cancelled_on=None).order_by("-pk"),
        "may_act": order.is_open
        and (order.member.user_id == request.user.pk or request.user.can(Permission.ORDER_FOR_OTHERS)),
        "loan_url": _loan_url(order, found.capital),
    }
    return render(request, "orders/help.html", context)


def _loan_url(order, capital) -> str:
    """The application for a loan with everything filled in; the member only sends it."""
    if capital is None:
        return ""
    filled = {
        "member": order.member_id,
        "product": capital.product,
        "principal": capital.principal,
        "instalments": capital.instalments,
        "purpose": _("Material for order {order}, repaid when it is delivered").format(order=order),
    }
    return f"{reverse('loans:apply')}?{urlencode(filled)}"


@require(Permission.OFFER_POST)
def offer_rest(request, pk):
    order, on = _order_or_404(request, pk), today()
    work = [row for row in queries.package(order, as_of=on).work if row.to_offer]
    units = Unit.objects.filter(is_counted=True, multiple__isnull=False).order_by("multiple")
    prices = {f"price_{row.line.pk}": queries.last_maker_price(row.line.item) for row in work}
    initial = offer_dates(order.due_on, on=on) | prices
    form = OfferRestForm(request.POST or None, work=work, units=units, initial=initial)
    if form.is_valid() and submit(form, services.offer_rest, order, on=on, by=request.user, **form.facts):
        messages.success(request, _("Offered. The workshops that could make a part have been told how much."))
        return redirect("orders:help", pk)
    form.ask_about_the_loss()
    typed = form.cleaned_data if form.is_bound else {}
    margins = [
        (
            row,
            queries.offer_margin(
                row.line,
                quantity=row.to_offer,
                maker=typed.get(f"price_{row.line.pk}") or prices[f"price_{row.line.pk}"] or 0,
                material_included=typed.get("material_included", True),
                as_of=on,
            ),
        )
        for row in work
    ]
    return render(request, "orders/offer_rest.html", {"form": form, "order": order, "work": margins})


@require(Permission.ORDER_TAKE)
def buy_together(request, pk):
    order, on = _order_or_404(request, pk), today()
    form = Form(request.POST or None)
    if form.is_valid() and (made := submit(form, services.buy_together, order, on=on, by=request.user)):
        messages.success(request, _("The joint purchase is open. Tell the others, and ask suppliers for prices."))
        return redirect("stock:purchase", made.pk)
    missing = [row for row in queries.package(order, as_of=on).material if row.to_buy]
    return render(request, "orders/buy_together.html", {"form": form, "order": order, "missing": missing})
