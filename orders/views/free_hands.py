"""“I need work” in the browser: who asks, and asking oneself."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, Unavailable, crumbs, form_page
from core.permissions import Permission
from orders import queries, services
from orders.forms import FreeHandsForm
from orders.forms.free_hands import proposed
from orders.models import FreeHands
from orders.views.common import own_member


@require(Permission.OFFER_CLAIM)
def tell_free_hands(request):
    member, on = own_member(request.user), today()
    own = queries.own_free_hands(member, as_of=on)
    before = {"until_on": own.until_on, "pieces": own.pieces, "note": own.note} if own else proposed(on)
    lead = _("Whoever shares work out sees it beside your name. Nobody is obliged to anything.")
    if own:
        lead = _("You said on {day} that your hands are free. Say it again to change it.").format(
            day=long_date(own.told_on)
        )
    page = FormPage(
        title=_("I need work"),
        action=_("Tell the others"),
        crumbs=crumbs((_("My work"), "orders:work")),
        lead=lead,
        instead=(_("I have work again"), reverse("orders:end-free-hands", args=[own.pk])) if own else None,
        unavailable=None if member else Unavailable(_("No workshop belongs to this login")),
        below="orders/_free_hands.html",
        context={"asking": queries.free_hands(as_of=on)},
    )
    return form_page(
        request,
        FreeHandsForm(request.POST or None, initial=before),
        services.tell_free_hands,
        member,
        on=on,
        by=request.user,
        page=page,
        done=_("Told. It stands beside your name wherever work is shared out. Look at the board as well."),
        to=reverse("orders:board"),
    )


@require(Permission.OFFER_CLAIM)
def end_free_hands(request, pk):
    told = get_object_or_404(FreeHands.objects.filter(member__user=request.user), pk=pk)
    page = FormPage(
        title=_("I have work again"),
        action=_("Yes, take it back"),
        crumbs=crumbs((_("My work"), "orders:work"), (_("I need work"), "orders:tell-free-hands")),
        lead=_("It no longer stands beside your name that you ask for work."),
    )
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.end_free_hands,
        told,
        on=today(),
        by=request.user,
        page=page,
        done=_("Recorded. Good work!"),
        to=reverse("orders:work"),
    )
