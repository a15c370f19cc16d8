"""Material that goes along, in the browser."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import require
from core.money import format_quantity, format_rupiah
from core.pages import form_page
from core.permissions import Permission
from orders import services
from orders.forms import MaterialForm, ReturnForm
from orders.forms.common import OnForm
from orders.models import MaterialGiven
from orders.views.common import claim_or_404, handover_page, of_claim


@require(Permission.DELIVERY_RECORD)
def give_material(request, pk):
    claim = claim_or_404(request, pk)
    return form_page(
        request,
        MaterialForm(request.POST or None),
        services.give_material,
        claim,
        by=request.user,
        page=handover_page(claim, _("Give material along"), action=_("It goes along")),
        done=_("Recorded. {name} confirms it.").format(name=claim.member.name),
    )


@require(Permission.DELIVERY_RECORD)
def confirm_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    facts = [
        (_("Material"), str(given.item)),
        (_("How much"), f"{format_quantity(given.quantity)} {given.item.base_unit}"),
    ]
    if given.is_owed:
        facts.append((_("Taken off your pay"), format_rupiah(given.value)))
    return form_page(
        request,
        OnForm(request.POST or None),
        services.confirm_material,
        given,
        by=request.user,
        page=handover_page(
            claim,
            _("I have the material"),
            action=_("Yes, I have it"),
            text=_("Say yes only when you have it, all of it."),
            facts=facts,
            instead=(_("That is not right"), reverse("orders:object-to-material", args=[pk])),
        ),
        done=_("Confirmed. Good work!"),
    )


@require(Permission.DELIVERY_RECORD)
def return_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    return form_page(
        request,
        ReturnForm(request.POST or None, initial={"quantity": given.quantity - given.returned}),
        services.return_material,
        given,
        by=request.user,
        page=handover_page(claim, _("Material came back"), action=_("It is back"), text=str(given.item)),
        done=_("Recorded."),
    )
