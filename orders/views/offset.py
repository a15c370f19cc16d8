"""What the maker lets go against a debt, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import Form
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from orders import queries, services
from orders.forms import ConsentForm
from orders.models import Offset, Settlement
from orders.views.common import claim_or_404, sheet_page


@require(Permission.DELIVERY_RECORD)
def consent(request, pk):
    """The maker chooses what the waiting pay goes against. Only the maker, whoever helps otherwise."""
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    claim = claim_or_404(request, paid.delivery.claim_id)
    found = queries.netting_options(claim.member, as_of=today())
    options = [
        (f"{kind}:{option.key}", f"{option.label}: {format_rupiah(option.amount)}".capitalize())
        for kind, option in found
    ]
    form = ConsentForm(request.POST or None, options=options)
    if form.is_valid() and submit(form, services.consent, paid, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Agreed. The treasurer books it when the rest is paid out to you."))
        return redirect("orders:claim", claim.pk)
    text = _("{amount} wait for you. What you do not let go here is paid out to you.").format(
        amount=format_rupiah(paid.amount)
    )
    if not options:
        text = _("Nothing is due that your pay could go against.")
    return sheet_page(request, form, claim, title=_("Let it go against what I owe"), action=_("I agree"), text=text)


@require(Permission.DELIVERY_RECORD)
def withdraw_consent(request, pk):
    rows = Offset.objects.filter(settlement__in=Settlement.objects.visible_to(request.user))
    offset = get_object_or_404(rows.select_related("settlement__delivery"), pk=pk)
    claim = claim_or_404(request, offset.settlement.delivery.claim_id)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw_consent, offset, on=today(), by=request.user):
        messages.success(request, _("Taken back. You get this part paid out."))
        return redirect("orders:claim", claim.pk)
    rows = [(offset.label.capitalize(), format_rupiah(offset.amount))]
    return sheet_page(request, form, claim, title=_("Take it out after all"), action=_("Take it out"), rows=rows)
