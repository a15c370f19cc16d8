"""Offers that are shared at closing, in the browser: giving early, closing, and the explanation that all may read."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import page_of, require
from core.money import format_quantity
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders import notifications, queries, services
from orders.forms import AcceptForm
from orders.models import Offer, Round, WorkRequest
from orders.views.common import below_offer, may_act_for


def _request_or_404(request, pk):
    rows = WorkRequest.objects.visible_to(request.user).waiting()
    return get_object_or_404(
        rows.select_related("member", "offer__line__item__base_unit", "offer__line__order__member"), pk=pk
    )


@require(Permission.OFFER_VIEW)
def index(request):
    """Every round that was shared out, newest first."""
    page = page_of(request, queries.rounds(Round.objects.visible_to(request.user)))
    return render(request, "orders/rounds.html", {"page": page})


@require(Permission.OFFER_VIEW)
def detail(request, pk):
    """Who asked, who got what, and why, for every member to read."""
    found = get_object_or_404(queries.rounds(Round.objects.visible_to(request.user)), pk=pk)
    shares = queries.shares(found)
    own = next((share for share in shares if share.row.member.user_id == request.user.pk), None)
    may_tell = may_act_for(request.user, found.offer.line.order.member)
    context = {
        "round": found,
        "shares": [(share, _result(request, found, share.row) if may_tell else "") for share in shares],
        "own": own,
        "events": audit.trail(found.offer, reader=request.user),
    }
    return render(request, "orders/round.html", context)


def _result(request, found, share) -> str:
    """WhatsApp to somebody who asked, with what the round gave and the page that says why."""
    text = notifications.result(share, found)
    url = reverse("orders:claim", args=[share.claim_id]) if share.claim_id else request.path
    return whatsapp(share.member.phone, notifications.with_link(text, request.build_absolute_uri(url)))


@require(Permission.OFFER_POST)
def close_round(request, pk):
    offer = get_object_or_404(queries.offers(Offer.objects.visible_to(request.user)), pk=pk)
    asked = offer.requests.waiting().count()
    text = ngettext(
        "{left} {unit} go to the {asked} member who asked, no more than the wish and the room.",
        "{left} {unit} are shared fairly over the {asked} members who asked: nobody gets more than they wish or have "
        "room for.",
        asked,
    )
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.close_round,
        offer,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Close and share out"),
            crumbs=below_offer(offer),
            consequences=[
                text.format(left=format_quantity(offer.left), unit=offer.line.item.base_unit, asked=asked),
                _("Nobody can ask any more after that. What is left over stays with you."),
            ],
        ),
        done=_("The offer is shared out. Everybody who asked has been told."),
        to=lambda done: reverse("orders:round", args=[done.pk]),
    )


@require(Permission.OFFER_POST)
def accept_request(request, pk):
    found = _request_or_404(request, pk)
    left = queries.left(found.offer)
    text = _(
        "{name} asks for up to {wish} {unit}; {left} are left. What you give now does not wait for the round."
    ).format(
        name=found.member.name,
        wish=format_quantity(found.wish),
        left=format_quantity(left),
        unit=found.offer.line.item.base_unit,
    )
    return form_page(
        request,
        AcceptForm(request.POST or None, initial={"quantity": min(found.wish, left)}),
        services.accept_request,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Give a part now"),
            action=_("Give it"),
            crumbs=below_offer(found.offer),
            lead=" ".join([text, *found.warnings]),
        ),
        done=_("Given. {name} has been told.").format(name=found.member.name),
        to=lambda claim: reverse("orders:claim", args=[claim.pk]),
    )


@require(Permission.OFFER_CLAIM)
def withdraw_request(request, pk):
    found = _request_or_404(request, pk)
    text = _("You will get nothing of this offer. You asked for up to {wish} {unit}.")
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_request,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Take the request back"),
            crumbs=below_offer(found.offer),
            consequences=[text.format(wish=format_quantity(found.wish), unit=found.offer.line.item.base_unit)],
        ),
        done=_("The request is taken back."),
    )
