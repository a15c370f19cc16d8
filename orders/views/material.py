"""Material that goes along, in the browser."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.http import require, submit
from core.money import format_quantity, format_rupiah
from core.permissions import Permission
from orders import services
from orders.forms import MaterialForm, ReturnForm
from orders.forms.common import OnForm
from orders.models import MaterialGiven
from orders.views.common import claim_or_404, of_claim, sheet_page


@require(Permission.DELIVERY_RECORD)
def give_material(request, pk):
    claim = claim_or_404(request, pk)
    form = MaterialForm(request.POST or None)
    if form.is_valid() and submit(form, services.give_material, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down. {name} confirms it.").format(name=claim.member.name))
        return redirect("orders:claim", pk)
    return sheet_page(request, form, claim, title=_("Give material along"), action=_("It goes along"))


@require(Permission.DELIVERY_RECORD)
def confirm_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_material, given, by=request.user, **form.facts):
        messages.success(request, _("Confirmed. Good work!"))
        return redirect("orders:claim", claim.pk)
    rows = [
        (_("Material"), str(given.item)),
        (_("How much"), f"{format_quantity(given.quantity)} {given.item.base_unit}"),
    ]
    if given.is_owed:
        rows.append((_("Taken off your pay"), format_rupiah(given.value)))
    text = _("Say yes only when you have it, all of it.")
    return sheet_page(
        request, form, claim, title=_("I have the material"), action=_("Yes, I have it"), text=text, rows=rows
    )


@require(Permission.DELIVERY_RECORD)
def return_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    form = ReturnForm(request.POST or None, initial={"quantity": given.quantity - given.returned})
    if form.is_valid() and submit(form, services.return_material, given, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", claim.pk)
    return sheet_page(request, form, claim, title=_("Material came back"), action=_("It is back"), text=str(given.item))
