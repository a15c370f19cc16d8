"""What an item is made of, kept by the secretary."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.forms import Form
from core.http import require, submit
from core.permissions import Permission
from pricing.models import Item
from stock import queries, services
from stock.forms import BillForm
from stock.models import BillLine
from stock.views.moving import item_or_404


@require(Permission.ITEM_CORRECT)
def bill(request, pk):
    """The lines, and a form for one more; a material that stands there already is corrected."""
    found = item_or_404(request, pk)
    if found.kind != Item.Kind.PRODUCT:
        raise Http404
    form = BillForm(request.POST or None)
    if form.is_valid() and submit(form, services.write_bill, found, by=request.user, **form.facts):
        messages.success(request, _("The bill of material is written."))
        return redirect("stock:bill", pk)
    return render(request, "stock/bill.html", {"form": form, "item": found, "lines": queries.bill(found)})


@require(Permission.ITEM_CORRECT)
def remove_from_bill(request, pk):
    line = get_object_or_404(BillLine.objects.select_related("item", "material"), pk=pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, _remove, line, by=request.user):
        messages.success(request, _("The bill of material is written."))
        return redirect("stock:bill", line.item_id)
    return render(request, "stock/remove_from_bill.html", {"form": form, "line": line})


def _remove(line, *, by):
    services.remove_from_bill(line, by=by)
    return True
