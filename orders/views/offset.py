"""What the maker lets go against a debt, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.money import format_rupiah
from core.pages import form_page
from core.permissions import Permission
from orders import queries, services
from orders.forms import ConsentForm
from orders.models import Offset, Settlement
from orders.views.common import claim_or_404, handover_page


@require(Permission.DELIVERY_RECORD)
def consent(request, pk):
    """The maker chooses what the waiting pay goes against. Only the maker, whoever helps otherwise."""
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    claim = claim_or_404(request, paid.delivery.claim_id)
    options = [
        (f"{kind}:{option.key}", capfirst(f"{option.label}: {format_rupiah(option.amount)}"))
        for kind, option in queries.netting_options(claim.member, as_of=today())
    ]
    text = _("{amount} wait for you. What you do not let go here is paid out to you.").format(
        amount=format_rupiah(paid.amount)
    )
    if not options:
        text = _("Nothing is due that your pay could go against.")
    return form_page(
        request,
        ConsentForm(request.POST or None, options=options),
        services.consent,
        paid,
        on=today(),
        by=request.user,
        page=handover_page(claim, _("Let it go against what I owe"), action=_("I agree"), text=text),
        done=_("Agreed. The treasurer books it when the rest is paid out to you."),
    )


@require(Permission.DELIVERY_RECORD)
def withdraw_consent(request, pk):
    rows = Offset.objects.filter(settlement__in=Settlement.objects.visible_to(request.user))
    offset = get_object_or_404(rows.select_related("settlement__delivery"), pk=pk)
    claim = claim_or_404(request, offset.settlement.delivery.claim_id)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_consent,
        offset,
        on=today(),
        by=request.user,
        page=handover_page(
            claim,
            _("Withdraw the consent"),
            action=_("Take it out"),
            facts=[(capfirst(offset.label), format_rupiah(offset.amount))],
        ),
        done=_("Taken back. You get this part paid out."),
    )
