"""Items and their units in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from pricing import queries, services
from pricing.forms.item import ConversionForm, ItemCorrection, ItemFilter, ItemForm
from pricing.models import Item


@require(Permission.PRICE_VIEW)
def items(request):
    found = ItemFilter(request.GET, queryset=queries.items(as_of=today()))
    return render(request, "pricing/item/list.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.PRICE_VIEW)
def item(request, pk):
    found = _found(request, pk)
    context = {
        "item": found,
        "price": queries.price(found, as_of=today()),
        "history": queries.history(found),
        "conversions": found.conversions.select_related("unit").order_by("unit__name"),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "pricing/item/detail.html", context)


@require(Permission.ITEM_CORRECT)
def add_item(request):
    return form_page(
        request,
        ItemForm(request.POST or None),
        services.add_item,
        by=request.user,
        page=FormPage(title=_("Add an item"), action=_("Add"), crumbs=_crumbs()),
        done=lambda made: _("{item} is added. Its price comes with the next list.").format(item=made),
        to=lambda made: reverse("pricing:item", args=[made.pk]),
    )


@require(Permission.ITEM_CORRECT)
def correct_item(request, pk):
    found = _found(request, pk)
    names = ("code", "name", "kind", "base_unit", "skill", "smallest_lot", "is_active", "version")
    before = {name: getattr(found, name) for name in names} | {step: n or None for step, n in found.minutes.items()}
    return form_page(
        request,
        ItemCorrection(request.POST or None, initial=before),
        services.correct_item,
        found,
        by=request.user,
        page=FormPage(title=_("Correct the item"), action=_("Save"), crumbs=_crumbs(found)),
        done=_("{item} is corrected.").format(item=found),
    )


@require(Permission.ITEM_CORRECT)
def set_conversion(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        ConversionForm(request.POST or None, item=found),
        services.set_conversion,
        found,
        by=request.user,
        page=FormPage(title=_("Add a unit"), action=_("Save"), crumbs=_crumbs(found)),
        done=_("The conversion is saved."),
    )


def _crumbs(item: Item | None = None) -> list[tuple[str, str]]:
    found = [(_("Price list"), reverse("pricing:list")), (_("Items"), reverse("pricing:items"))]
    return [*found, (item.name, reverse("pricing:item", args=[item.pk]))] if item else found


def _found(request, pk) -> Item:
    return get_object_or_404(Item.objects.visible_to(request.user).select_related("base_unit", "skill"), pk=pk)
