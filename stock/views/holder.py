"""Who holds what and can lend in the browser."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import page_of, require
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from pricing.models import Item
from stock import queries, services
from stock.forms.holder import LimitForm
from stock.views.movement import crumbs, holder_or_404, item_or_404, own_member


@require(Permission.STOCK_VIEW)
def materials(request):
    found = queries.materials(as_of=today())
    context = {
        "found": found,
        "materials": [row for row in found if row.kind == Item.Kind.MATERIAL],
        "goods": [row for row in found if row.kind != Item.Kind.MATERIAL],
        "many": queries.MANY,
    }
    return render(request, "stock/materials.html", context)


@require(Permission.STOCK_VIEW)
def holders(request, pk):
    """Who holds a material and can spare some, best first, with the reasons and a message to write."""
    found, member = item_or_404(request, pk), own_member(request.user)
    rows = queries.holders(found, as_of=today(), without=[member.pk] if member else [])
    is_material = found.kind == Item.Kind.MATERIAL
    text = (_("Can I borrow {item} from you?") if is_material else _("Can I take {item} from you?")).format(item=found)
    page = page_of(request, rows)
    context = {
        "item": found,
        "is_material": is_material,
        "page": page,
        "holders": [(row, whatsapp(row.phone, text)) for row in page],
    }
    return render(request, "stock/holders.html", context)


@require(Permission.STOCK_RECORD)
def limit(request, member, pk):
    holder, found = holder_or_404(request, member), item_or_404(request, pk)
    lead = _("Neighbours see what your own orders leave of {item}, and never more than you enter here.")
    page = FormPage(
        title=_("How much I lend"), action=_("Save"), lead=lead.format(item=found), crumbs=crumbs(holder, found)
    )
    form = LimitForm(request.POST or None)
    facts = {"item": found, "by": request.user}
    done = _("Recorded. Neighbours see at most so much of it.")
    return form_page(request, form, services.limit_lending, holder, page=page, done=done, **facts)
