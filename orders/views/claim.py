"""The page of a handover: the four steps from taking to paying, the same for both sides."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import download, require
from core.notices import whatsapp
from core.pages import form_page
from core.permissions import Permission
from orders import notifications, papers, queries, services
from orders.models import Claim
from orders.queries import Journey, sheet
from orders.views.common import claim_or_404, handover_page, may_act_for


@require(Permission.OFFER_VIEW, of=Claim)
def claim(request, pk):
    """The four steps, the same for both sides, and one big button for whoever is next."""
    found = get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user), gone=True), pk=pk)
    journey = Journey(found)
    is_maker = journey.maker.user_id == request.user.pk
    other = journey.holder if is_maker else journey.maker
    text = notifications.with_link(notifications.message(journey, from_maker=is_maker), request.build_absolute_uri())
    context = {
        "claim": found,
        "journey": journey,
        "action": journey.next_action(request.user),
        "second": journey.second_action(request.user),
        "other": other,
        "whatsapp": whatsapp(other.phone, text),
        "may_give_back": found.to_send > 0 and may_act_for(request.user, journey.maker),
        "events": audit.trail(found, reader=request.user),
        **sheet(journey, request.user, as_of=today()),
    }
    return render(request, "orders/claim.html", context)


@require(Permission.OFFER_VIEW)
def claim_paper(request, pk):
    """The handover sheet to print and sign."""
    found = get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user), gone=True), pk=pk)
    name = _("handover {order}").format(order=found.offer.line.order)
    return download(papers.handover(Journey(found), on=today()), f"{name}-{pk}.pdf", inline=True)


@require(Permission.DELIVERY_RECORD)
def withdraw_claim(request, pk):
    found = claim_or_404(request, pk)
    text = _("What you have not sent goes back to the board, or to {name} when the offer is over. {name} is told.")
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_claim,
        found,
        on=today(),
        by=request.user,
        page=handover_page(
            found,
            _("Give work back"),
            action=_("Give it back"),
            consequences=[text.format(name=found.offer.line.order.member.name)],
            danger=True,
        ),
        done=_("What was not sent is given back."),
    )
