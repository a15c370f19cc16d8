"""A workshop's stock in the browser: two taps record what was used, what was bought."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member
from pricing.models import Item
from stock import queries, services
from stock.forms.movement import CountForm, RecordForm
from stock.models import StockMovement
from stock.notifications import counted


def crumbs(member: Member, item: Item | None = None) -> list[tuple[str, str]]:
    found = [(_("Stock"), reverse("stock:of", args=[member.pk]))]
    return [*found, (str(item), reverse("stock:item", args=[member.pk, item.pk]))] if item else found


def own_member(user) -> Member | None:
    """The member who is logged in; None for somebody without a workshop."""
    return Member.objects.filter(user=user).first()


def holder_or_404(request, pk) -> Member:
    """The workshop whose stock it is: one's own, or any for an officer."""
    rows = (
        Member.objects.all()
        if request.user.can(Permission.STOCK_LIST_ALL)
        else Member.objects.filter(user=request.user)
    )
    return get_object_or_404(rows, pk=pk)


def item_or_404(request, pk) -> Item:
    return get_object_or_404(Item.objects.visible_to(request.user).select_related("base_unit"), pk=pk)


@require(Permission.STOCK_VIEW)
def mine(request):
    member = own_member(request.user)
    if member is None:
        return render(request, "stock/mine.html", {"member": None})
    return _stock_of(request, member)


@require(Permission.STOCK_VIEW)
def of(request, member):
    return _stock_of(request, holder_or_404(request, member))


def _stock_of(request, member):
    found = queries.holdings(member, as_of=today())
    context = {
        "member": member,
        "is_own": member.user_id == request.user.pk,
        "material": [row for row in found if row.is_material and row.quantity],
        "goods": [row for row in found if not row.is_material and row.quantity],
        "gone": [row for row in found if not row.quantity],
    }
    return render(request, "stock/mine.html", context)


@require(Permission.STOCK_VIEW)
def export_stock(request, member):
    """What the workshop holds, for its own books."""
    member = holder_or_404(request, member)
    columns = [Column(_("Item")), Column(_("Unit")), Column(_("Quantity"), "number"), Column(_("Worth"), "rupiah")]
    rows = ([row.item, row.unit, row.quantity, row.worth] for row in queries.holdings(member, as_of=today()))
    return export(_("stock"), Sheet(_("Stock"), columns=columns, rows=rows), on=today())


@require(Permission.STOCK_VIEW)
def item(request, member, pk):
    """What came and went of one item."""
    holder, found = holder_or_404(request, member), item_or_404(request, pk)
    context = {
        "member": holder,
        "item": found,
        "held": queries.held(holder, found, as_of=today()),
        "page": page_of(request, queries.movements(holder, found)),
        "kinds": [StockMovement.Kind(kind) for kind in StockMovement.own_kinds(found)],
    }
    return render(request, "stock/item.html", context)


@require(Permission.STOCK_RECORD)
def choose(request, member, kind):
    """Something the workshop has not held before: which item?"""
    items = Item.objects.active().select_related("base_unit").order_by("name")
    wanted = Item.Kind.PRODUCT if kind == StockMovement.Kind.MADE else Item.Kind.MATERIAL
    context = {"member": holder_or_404(request, member), "kind": kind, "items": items.filter(kind=wanted)}
    return render(request, "stock/choose.html", context)


@require(Permission.STOCK_RECORD)
def record(request, member, pk, kind):
    holder, found = holder_or_404(request, member), item_or_404(request, pk)
    if kind not in StockMovement.own_kinds(found):
        raise Http404
    held = counted(queries.held(holder, found, as_of=today()), found)
    page = FormPage(
        title=f"{capfirst(StockMovement.Kind(kind).label)}: {found}",
        action=_("Record"),
        lead=_("{name} has {held}.").format(name=holder.name, held=held),
        crumbs=crumbs(holder, found),
    )

    def done(movement):
        left = counted(queries.held(holder, found, as_of=today()), found)
        return _("Recorded: {done}. {left} are there now.").format(done=movement, left=left)

    initial = {"quantity": queries.last_quantity(holder, found, kind)}
    return form_page(
        request,
        RecordForm(request.POST or None, item=found, kind=kind, initial=initial),
        services.record,
        holder,
        item=found,
        kind=kind,
        by=request.user,
        page=page,
        done=done,
        to=reverse("stock:of", args=[member]),
    )


@require(Permission.STOCK_RECORD)
def count(request, member, pk):
    holder, found = holder_or_404(request, member), item_or_404(request, pk)
    lead = _("{held} are recorded. Enter what is really there; the difference is recorded with its date.")
    page = FormPage(
        title=_("Count: {item}").format(item=found),
        action=_("This is what is there"),
        lead=lead.format(held=counted(queries.held(holder, found, as_of=today()), found)),
        crumbs=crumbs(holder, found),
    )
    form = CountForm(request.POST or None, item=found)
    facts = {"item": found, "by": request.user}
    done = _("Counted. The recorded stock is right again.")
    return form_page(request, form, services.count, holder, page=page, done=done, **facts)
