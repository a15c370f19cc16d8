"""The board of surplus work in the browser, and the page of one offer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import require, show, submit
from core.money import format_quantity
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from members.models import Member
from orders import notifications, queries, services
from orders.forms import AskForm, ClaimForm, OfferForm, offer_dates
from orders.models import Offer, Order, OrderLine
from orders.queries import Journey
from orders.views.common import below_offer, may_act_for, own_member
from pricing.models import Unit

BOARD_PAGE = 20
SHOWN = 10
"""So many proposed members stand on the page of an offer."""


@require(Permission.OFFER_VIEW)
def board(request):
    member, on = own_member(request.user), today()
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 100_000 else 1
    found = queries.board(member, as_of=on, limit=BOARD_PAGE, offset=(number - 1) * BOARD_PAGE)
    if number > 1 and not found.offers:
        number, found = 1, queries.board(member, as_of=on, limit=BOARD_PAGE)
    page = Paginator(range(found.count), BOARD_PAGE).get_page(number)
    return render(request, "orders/board.html", {"member": member, "board": found, "page": page})


@require(Permission.OFFER_VIEW)
def offer(request, pk):
    """One offer: what it is, why it fits, how many to take; for its holder who could be asked."""
    offer = get_object_or_404(queries.offers(Offer.objects.visible_to(request.user)), pk=pk)
    member, on = own_member(request.user), today()
    me = next(iter(queries.proposals(offer, as_of=on, only=member)), None) if member and offer.is_open(on) else None
    form = _claim_form(request, offer, member, me, on)
    if form and form.is_valid():
        done = _take(request, form, offer, member, on)
        if done and offer.is_shared:
            messages.success(
                request,
                _("Asked. The offer is shared out on {day}; you are told at once.").format(
                    day=date_format(offer.closes_on, "j F Y")
                ),
            )
            return redirect("orders:offer", pk)
        if done:
            messages.success(
                request,
                _("The work is yours. Tell {name}, and send it when it is finished.").format(
                    name=offer.line.order.member.name
                ),
            )
            return redirect("orders:claim", done.pk)
    candidates = queries.proposals(offer, as_of=on) if offer.is_open(on) and offer.left > 0 else []
    context = {
        "offer": offer,
        "member": member,
        "form": form,
        "is_open": offer.is_open(on),
        "is_holder": member is not None and member.pk == offer.line.order.member_id,
        "may_act": may_act_for(request.user, offer.line.order.member),
        "asked": _asked(request, offer, member),
        "requests": offer.requests.waiting().select_related("member").order_by("asked_on", "pk"),
        "round": queries.round_of(offer),
        "me": me if form else None,
        "place": next((place for place, one in enumerate(candidates, 1) if member and one.pk == member.pk), None),
        "could_be_asked": len(candidates),
        "mine": queries.maker_margin(offer, quantity=queries.fitting(offer, me), as_of=on) if form else None,
        "candidates": [(one, _invitation(request, offer, one.phone)) for one in candidates[:SHOWN]],
        "whatsapp": _invitation(request, offer, ""),
        "journeys": [Journey(one) for one in queries.handovers(offer.claims.all())],
        "events": audit.trail(offer, reader=request.user),
    }
    return render(request, "orders/offer.html", context)


def _asked(request, offer, member) -> dict | None:
    """What this member has asked for, and WhatsApp to the holder with it written out."""
    found = offer.requests.waiting().filter(member=member).first() if member else None
    if found is None:
        return None
    found.offer, found.member = offer, member
    return {
        "request": found,
        "whatsapp": _written(request, offer, offer.line.order.member.phone, notifications.asked(found)),
    }


def _claim_form(request, offer, member, me, on):
    """The form of those who may take a part: never the holder, nobody once it is closed. It proposes what fits."""
    if not request.user.can(Permission.OFFER_CLAIM) or not offer.is_open(on):
        return None
    others = None
    if request.user.can(Permission.ORDER_FOR_OTHERS):
        others = Member.objects.entered(as_of=on).exclude(pk=offer.line.order.member_id).order_by("name")
    elif member is None or member.pk == offer.line.order.member_id:
        return None
    asked = offer.requests.waiting().filter(member=member).first() if member else None
    proposed = asked.wish if asked else queries.fitting(offer, me)
    initial = {"quantity": proposed, "member": member and member.pk}
    kind = AskForm if offer.is_shared else ClaimForm
    return kind(request.POST or None, members=others, initial=initial)


def _take(request, form, offer, member, on):
    """Take a part at once, or ask for one where the offer is shared at closing."""
    service = services.ask if offer.is_shared else services.claim
    taken = submit(form, service, offer, on=on, by=request.user, **{"member": member, **form.facts})
    if taken is None and form.has_error("insist"):
        form.ask_to_insist()
    return taken


def _invitation(request, offer, phone) -> str:
    """WhatsApp with the offer written out: what, how many, price, until when, and where to take it."""
    return _written(request, offer, phone, notifications.offered(offer, offer.left))


def _written(request, offer, phone, text: str) -> str:
    url = request.build_absolute_uri(reverse("orders:offer", args=[offer.pk]))
    return whatsapp(phone, notifications.with_link(text, url))


@require(Permission.OFFER_VIEW)
def photo(request, pk):
    offer = get_object_or_404(Offer.objects.visible_to(request.user), pk=pk, photo__isnull=False)
    return show(offer.photo)


@require(Permission.OFFER_POST)
def withdraw_offer(request, pk):
    offer = get_object_or_404(queries.offers(Offer.objects.visible_to(request.user)), pk=pk)
    text = _("{left} {unit} are no longer offered and are yours to make again. What others took stays theirs.")
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_offer,
        offer,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Take it off the board"),
            crumbs=below_offer(offer),
            consequences=[text.format(left=format_quantity(offer.left), unit=offer.line.item.base_unit)],
            danger=True,
        ),
        done=_("The rest of the offer is off the board. What others took stays theirs."),
        to=reverse("orders:detail", args=[offer.line.order_id]),
    )


@require(Permission.OFFER_POST)
def post_offer(request, pk):
    rows = OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user))
    line = get_object_or_404(
        rows.select_related("order__member", "order__partner", "item__base_unit", "item__skill"), pk=pk
    )
    on = today()
    remaining, answer = queries.not_offered(line, as_of=on), queries.capacity_answer(line.order, as_of=on)
    initial = offer_dates(line.order.due_on, on=on)
    initial["maker_price"] = queries.last_maker_price(line.item)
    initial["quantity"] = min(remaining, answer.too_much or remaining) or None
    units = Unit.objects.filter(is_counted=True, multiple__isnull=False).order_by("multiple")
    form = OfferForm(request.POST or None, request.FILES or None, initial=initial, item=line.item, units=units)
    if form.is_valid() and (offer := submit(form, services.post_offer, line, on=on, by=request.user, **form.facts)):
        messages.success(request, _("The offer is on the board. The members who fit best have been told."))
        return redirect("orders:offer", offer.pk)
    form.ask_about_the_loss()
    typed = form.cleaned_data if form.is_bound else {}
    margin = queries.offer_margin(
        line,
        quantity=typed.get("quantity") or initial["quantity"] or remaining,
        maker=typed.get("maker_price") or initial["maker_price"] or 0,
        material_included=typed.get("material_included", True),
        as_of=on,
    )
    context = {
        "form": form,
        "line": line,
        "order": line.order,
        "remaining": remaining,
        "answer": answer,
        "margin": margin,
    }
    return render(request, "orders/post_offer.html", context)
