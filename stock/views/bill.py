"""What an item is made of, kept by the secretary."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from pricing.models import Item
from stock import queries, services
from stock.forms.bill import BillForm
from stock.models import BillLine
from stock.views.movement import item_or_404


def crumbs(item: Item) -> list[tuple[str, str]]:
    return [(_("Items"), reverse("pricing:items")), (str(item), reverse("pricing:item", args=[item.pk]))]


@require(Permission.ITEM_CORRECT)
def bill(request, pk):
    """The lines, and a form for one more; a material that stands there already is corrected."""
    found = item_or_404(request, pk)
    if found.kind != Item.Kind.PRODUCT:
        raise Http404
    lead = _("What goes into one {unit}. Orders, dates of return and joint purchases are calculated from it.")
    page = FormPage(
        title=_("Bill of material: {item}").format(item=found),
        action=_("Save"),
        lead=lead.format(unit=found.base_unit),
        above="stock/_bill_lines.html",
        crumbs=crumbs(found),
        context={"lines": queries.bill(found)},
    )
    return form_page(
        request,
        BillForm(request.POST or None),
        services.write_bill,
        found,
        by=request.user,
        page=page,
        done=_("The bill of material is saved."),
        to=reverse("stock:bill", args=[pk]),
    )


@require(Permission.ITEM_CORRECT)
def remove_from_bill(request, pk):
    line = get_object_or_404(BillLine.objects.select_related("item", "material"), pk=pk)
    lead = _("{material} no longer goes into {item}. What was lent and bought stays as it is.")
    page = FormPage(
        title=_("Remove from the bill"),
        action=_("Remove"),
        lead=lead.format(material=line.material, item=line.item),
        crumbs=[*crumbs(line.item), (_("Bill of material"), reverse("stock:bill", args=[line.item_id]))],
    )
    form = ConfirmationForm(request.POST or None)
    done = _("The bill of material is saved.")
    return form_page(request, form, services.remove_from_bill, line, by=request.user, page=page, done=done)
