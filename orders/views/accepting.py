"""Taking an order: before the yes the page shows week by week what is taken, and when it will really be ready."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.errors import Refused
from core.http import require, submit
from core.permissions import Permission
from members.models import Member
from orders import queries, services
from orders.forms import TakeForm, offer_dates
from pricing.models import Item, Unit

FEWEST, MOST = 4, 12
"""So many weeks the page shows: at least a month, at most until the order is ready or a quarter is over."""


@require(Permission.ORDER_TAKE)
def take(request):
    members = Member.objects.entered(as_of=today()).order_by("name")
    if not request.user.can(Permission.ORDER_FOR_OTHERS):
        members = members.filter(user=request.user)
    form = TakeForm(
        request.POST or None,
        request.FILES or None,
        members=members,
        items=Item.objects.active().filter(kind=Item.Kind.PRODUCT).select_related("base_unit").order_by("name"),
        units=Unit.objects.filter(is_counted=True).order_by("pk"),
    )
    fit = None
    if form.is_readable:
        if form.is_valid() and form.is_answered and (order := _take(request, form)):
            messages.success(request, _said(order, form.rest))
            return redirect("orders:detail", order.pk)
        fit = _fit(form, by=request.user)
    return render(request, "orders/take.html", {"form": form, "fit": fit, "has_members": members.exists()})


def _take(request, form):
    member, facts = form.cleaned_data["member"], form.facts
    if form.rest is None:
        return submit(form, services.take_order, member, by=request.user, **facts)
    return submit(form, services.take_and_offer, member, rest=form.rest, offered_on=today(), by=request.user, **facts)


def _said(order, rest) -> str:
    if rest is None:
        return _("Order {number} is written down.").format(number=order.number)
    return _("Order {number} is written down, and what does not fit is on the board.").format(number=order.number)


def _fit(form, *, by) -> dict | None:
    """What fits of the order in the form, for the page; None (and the refusal on the form) where it cannot be taken."""
    member, facts, on = form.cleaned_data["member"], form.facts, today()
    try:
        lines = services.priced_lines(
            member, partner=facts["partner"], lines=facts["lines"], due_on=facts["due_on"], on=facts["on"], by=by
        )
    except Refused as refusal:
        if form.is_readable:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    wanted = [(line.item, line.base_quantity) for line in lines]
    answer = queries.capacity_before(member, wanted, due_on=facts["due_on"], as_of=on)
    rest = [
        (line, line.base_quantity - answer.fits_of[place], number)
        for place, (line, number) in enumerate(zip(lines, form.numbers, strict=True))
        if line.base_quantity > answer.fits_of[place]
    ]
    form.ask(
        offers={number: queries.last_maker_price(line.item) for line, _more, number in rest},
        dates=offer_dates(facts["due_on"], on=on),
    )
    until = max(answer.ready_on or facts["due_on"], facts["due_on"])
    weeks = min(max((until - on).days // 7 + 1, FEWEST), MOST)
    jobs = queries.wanted_jobs(member, wanted, due_on=facts["due_on"])
    return {
        "answer": answer,
        "member": member,
        "due_on": facts["due_on"],
        "is_late": answer.ready_on is None or answer.ready_on > facts["due_on"],
        "amount": sum(line.amount for line in lines),
        "weeks": queries.calendar(member, as_of=on, weeks=weeks, wanted=jobs) if answer.is_known else [],
        "unmeasured": queries.unmeasured(member, [line.item for line in lines]) if answer.is_known else [],
        "photos": [
            (line, form[services.of_line("photo", number)]) for line, number in zip(lines, form.numbers, strict=True)
        ],
        "rest": [(line, more, form[services.of_line("maker_price", number)]) for line, more, number in rest],
    }
