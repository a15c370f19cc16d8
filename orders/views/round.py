"""Offers that are shared at closing, in the browser: giving early, closing, and the explanation that all may read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import Form
from core.http import page_of, require, submit
from core.notices import whatsapp
from core.permissions import Permission
from orders import notifications, queries, services
from orders.forms import AcceptForm
from orders.models import Offer, Round, WorkRequest
from orders.views.common import may_act_for


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
    form = Form(request.POST or None)
    if form.is_valid() and (done := submit(form, services.close_round, offer, on=today(), by=request.user)):
        messages.success(request, _("The offer is shared out. Everybody who asked has been told."))
        return redirect("orders:round", done.pk)
    context = {"form": form, "offer": offer, "asked": offer.requests.waiting().count()}
    return render(request, "orders/close_round.html", context)


@require(Permission.OFFER_POST)
def accept_request(request, pk):
    found = _request_or_404(request, pk)
    left = queries.left(found.offer)
    form = AcceptForm(request.POST or None, initial={"quantity": min(found.wish, left)})
    if form.is_valid() and (
        claim := submit(form, services.accept_request, found, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("Given. {name} has been told.").format(name=found.member.name))
        return redirect("orders:claim", claim.pk)
    return render(request, "orders/accept_request.html", {"form": form, "asked": found, "left": left})


@require(Permission.OFFER_CLAIM)
def withdraw_request(request, pk):
    found = _request_or_404(request, pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw_request, found, on=today(), by=request.user):
        messages.success(request, _("The request is taken back."))
        return redirect("orders:offer", found.offer_id)
    return render(request, "orders/withdraw_request.html", {"form": form, "asked": found})
