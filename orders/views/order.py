"""Orders in the browser: taking, looking, closing, what they should look like and how far they are."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.errors import Refused
from core.forms import ReasonForm
from core.http import export, page_of, require, show, submit
from core.money import format_quantity, format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from governance.models import Case
from governance.services import open_case
from members.models import Member
from orders import queries, services
from orders.arithmetic.margin import Margin, share
from orders.forms import OrderFilter, ProgressForm, SpecificationForm, TakeForm, offer_dates
from orders.models import Claim, LinePhoto, Order, OrderLine
from orders.queries import Journey
from orders.views.common import below_order
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
        form.ask_about_the_loss()
        fit = _fit(form, by=request.user)
    return render(request, "orders/take.html", {"form": form, "fit": fit, "has_members": members.exists()})


def _take(request, form):
    member, facts = form.cleaned_data["member"], form.facts
    if form.rest is None:
        return submit(form, services.take_order, member, by=request.user, **facts)
    return submit(form, services.take_and_offer, member, rest=form.rest, offered_on=today(), by=request.user, **facts)


def _said(order, rest) -> str:
    if rest is None:
        return _("Order {number} is recorded.").format(number=order.number)
    return _("Order {number} is recorded, and what does not fit is on the board.").format(number=order.number)


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
    bringing = share(facts["bringing"], sum((line.base_quantity for line in lines), Decimal(0)))
    material = queries.material_costs([line.item for line in lines], as_of=on)
    margins = [
        (line, Margin(line.base_quantity, line.price, 0, material[line.item_id], bringing), offered)
        for line, offered in zip(lines, _offered(lines, rest, material, bringing), strict=True)
    ]
    until = max(answer.ready_on or facts["due_on"], facts["due_on"])
    weeks = min(max((until - on).days // 7 + 1, FEWEST), MOST)
    jobs = queries.wanted_jobs(member, wanted, due_on=facts["due_on"])
    return {
        "answer": answer,
        "margins": margins,
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


def _offered(lines, rest, material, bringing) -> list[Margin | None]:
    """Of each line what remains where neighbours make the rest at the last price; None where all fits."""
    found = {id(line): (more, queries.last_maker_price(line.item)) for line, more, _number in rest}  # not saved yet
    return [
        Margin(more, line.price, price, material[line.item_id], bringing) if price else None
        for line in lines
        for more, price in [found.get(id(line), (None, None))]
    ]


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
    claims = queries.handovers(Claim.objects.filter(offer__line__order=order))
    lines = list(queries.lines(order).prefetch_related("photos"))
    context = {
        "order": order,
        "lines": [(line, queries.not_offered(line, as_of=on)) for line in lines],
        "offers": queries.offers_of(order),
        "journeys": [Journey(claim) for claim in claims],
        "answer": queries.capacity_answer(order, as_of=on) if order.is_open else None,
        "may_act": order.member.user_id == request.user.pk or request.user.can(Permission.ORDER_FOR_OTHERS),
        "events": audit.trail(order, reader=request.user),
        "as_of": on,
    }
    return render(request, "orders/detail.html", context)


@require(Permission.ORDER_TAKE)
def cancel(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("partner"), pk=pk)
    text = _(
        "Order {number} of {partner} is called off. What is still on the board goes off it. It stays in the books of "
        "orders with your reason."
    )
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.cancel,
        order,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Cancel the order"),
            crumbs=below_order(order),
            lead=text.format(number=order.number, partner=order.partner),
            danger=True,
        ),
        done=_("Order {number} is cancelled.").format(number=order.number),
    )


def _line_or_404(request, pk):
    rows = OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("order__member", "order__partner", "item__base_unit"), pk=pk)


@require(Permission.ORDER_TAKE)
def specify(request, pk):
    line = _line_or_404(request, pk)
    initial = {"specification": line.specification}
    form = SpecificationForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and submit(form, services.specify, line, by=request.user, **form.facts):
        messages.success(request, _("It is recorded. One more photo? Add it here."))
        return redirect("orders:specify", pk)
    context = {"form": form, "line": line, "order": line.order, "photos": line.photos.all()}
    return render(request, "orders/specify.html", context)


@require(Permission.ORDER_LIST)
def photo(request, pk):
    """A photo of an order line, for whoever may see the order, or its offer on the board."""
    found = get_object_or_404(LinePhoto.objects.visible_to(request.user).select_related("file"), pk=pk)
    return show(found.file)


@require(Permission.ORDER_TAKE)
def progress(request, pk):
    line = _line_or_404(request, pk)
    latest = line.progress.order_by("-told_on").first()
    own = _("{own} {unit} are made in the own workshop.").format(
        own=format_quantity(queries.own_part(line)), unit=line.item.base_unit
    )
    lead = f"{line.item} · {own}"
    if latest:
        said = _("On {day} it was {made}.")
        lead += " " + said.format(made=format_quantity(latest.made), day=date_format(latest.told_on, "j F Y"))
    return form_page(
        request,
        ProgressForm(request.POST or None, initial={"made": latest.made if latest else None}),
        services.tell_progress,
        line,
        by=request.user,
        page=FormPage(
            title=_("How far is it?"),
            action=_("Write it down"),
            crumbs=below_order(line.order),
            lead=lead,
            draft=f"progress-{line.pk}",
        ),
        done=_("Recorded. Your weeks are counted anew."),
    )


@require(Permission.ORDER_LIST_ALL)
def below_list(request):
    """What was sold under the agreed price, and why: for the board to talk about."""
    return render(request, "orders/below_list.html", {"page": page_of(request, queries.below_list(OrderLine.objects))})


@require(Permission.CASE_REPORT)
def report_price(request, pk):
    """A price under the agreed one becomes a case, which the board talks about with the member first."""
    rows = queries.below_list(OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user)))
    line = get_object_or_404(rows, pk=pk)
    sold = _("{member} sells at {price}, agreed are {list_price}.").format(
        member=line.order.member.name, price=format_rupiah(line.price), list_price=format_rupiah(line.list_price)
    )
    return form_page(
        request,
        ReasonForm(request.POST or None),
        _open_case,
        line,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Report a price"),
            action=_("Open a case"),
            crumbs=below_order(line.order),
            lead=f"{line.item}: {sold} „{line.price_reason}“",
            consequences=[_("It becomes a case. The board first talks with the member.")],
        ),
        done=lambda case: _("Case {number} is opened.").format(number=case.number),
        to=reverse("orders:below-list"),
    )


def _open_case(line, *, reason, on, by):
    return open_case(
        line.order.member,
        kind=Case.Kind.PRICE,
        title=_("{item} sold at {price}, agreed are {list_price}").format(
            item=line.item, price=format_rupiah(line.price), list_price=format_rupiah(line.list_price)
        ),
        text=reason,
        url=reverse("orders:detail", args=[line.order_id]),
        on=on,
        by=by,
    )
