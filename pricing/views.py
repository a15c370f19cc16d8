"""Items and price lists in the browser, and the public page of the list in force."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import Form
from core.http import download, page_of, public, require, submit
from core.permissions import Permission
from pricing import papers, queries, services
from pricing.forms import (
    CompareForm,
    ConversionForm,
    DecideForm,
    DraftForm,
    ItemCorrection,
    ItemFilter,
    ItemForm,
    change_in_words,
)
from pricing.models import Item, PriceList

# -- for buyers, without a login -------------------------------------------------------------------------------------


@public
def current(request):
    """The products of the list in force: the page whose address buyers are given."""
    on = today()
    price_list = queries.price_list(as_of=on)
    rows = queries.prices(price_list).filter(item__kind=Item.Kind.PRODUCT) if price_list else []
    context = {"price_list": price_list, "prices": rows, "coming": queries.next_list(as_of=on)}
    return render(request, "pricing/current.html", context)


@public
def current_pdf(request):
    on = today()
    price_list = queries.price_list(as_of=on)
    if price_list is None:
        raise Http404
    return download(papers.price_list(price_list, on=on, products_only=True), "daftar-harga.pdf", inline=True)


# -- lists -----------------------------------------------------------------------------------------------------------


@require(Permission.PRICE_VIEW)
def index(request):
    """The list in force, for members: materials too, and the way to the earlier ones."""
    on = today()
    return render(request, "pricing/list.html", _facts(request, queries.price_list(as_of=on)))


@require(Permission.PRICE_VIEW)
def detail(request, pk):
    found = get_object_or_404(PriceList.objects.visible_to(request.user).decided(), pk=pk)
    return render(request, "pricing/list.html", _facts(request, found))


def _facts(request, price_list):
    before = queries.list_before(price_list) if price_list else None
    return {
        "price_list": price_list,
        "is_current": price_list == queries.price_list(as_of=today()),
        "changes": queries.compare(before, price_list) if price_list else [],
        "before": before,
        "coming": queries.next_list(as_of=today()),
        "draft": PriceList.objects.visible_to(request.user).draft().first(),
        "events": audit.trail(price_list, reader=request.user) if price_list else [],
    }


@require(Permission.PRICE_VIEW)
def pdf(request, pk):
    found = get_object_or_404(PriceList.objects.visible_to(request.user).decided(), pk=pk)
    return download(papers.price_list(found, on=today()), f"daftar-harga-{found.in_force_from}.pdf", inline=True)


@require(Permission.PRICE_VIEW)
def history(request):
    lists = queries.lists()
    form = CompareForm(request.GET or None, lists=lists)
    return render(request, "pricing/history.html", {"page": page_of(request, lists), "form": form})


@require(Permission.PRICE_VIEW)
def compare(request):
    form = CompareForm(request.GET or None, lists=queries.lists())
    chosen = form.cleaned_data if form.is_valid() else {}
    new = chosen.get("new") or queries.price_list(as_of=today())
    old = chosen.get("old") or (queries.list_before(new) if new else None)
    rows = queries.compare(old, new) if new else []
    form = CompareForm(initial={"old": old, "new": new}, lists=queries.lists())
    return render(request, "pricing/compare.html", {"form": form, "old": old, "new": new, "changes": rows})


# -- the draft -------------------------------------------------------------------------------------------------------


@require(Permission.PRICE_DRAFT)
def draft_list(request):
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.draft_list, on=today(), by=request.user):
        return redirect("pricing:draft")
    return render(request, "pricing/draft_list.html", {"form": form, "current": queries.price_list(as_of=today())})


@require(Permission.PRICE_DRAFT)
def draft(request):
    """Every item in use with its price now and its price to be, on one screen."""
    found = _draft_or_404()
    before = queries.amounts(queries.price_list(as_of=today()))
    form = DraftForm(request.POST or None, draft=found, items=queries.priced_items(found), before=before)
    if form.is_valid():
        facts = {"amounts": form.amounts, "version": form.cleaned_data["version"], "by": request.user}
        if submit(form, services.set_prices, found, **facts):
            messages.success(request, _("The draft is saved. The chair puts it in force after the meeting."))
            return redirect("pricing:draft")
    return render(request, "pricing/draft.html", {"form": form, "draft": found})


@require(Permission.PRICE_DRAFT)
def discard_draft(request):
    found = _draft_or_404()
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, _discard, found, by=request.user):
        messages.success(request, _("The draft is discarded. The list in force stays as it is."))
        return redirect("pricing:list")
    return render(request, "pricing/discard_draft.html", {"form": form, "draft": found})


def _discard(found, *, by):
    services.discard_draft(found, by=by)
    return True


@require(Permission.PRICE_DECIDE)
def put_in_force(request):
    found = _draft_or_404()
    form = DecideForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and submit(form, services.put_in_force, found, by=request.user, **form.facts):
        messages.success(
            request,
            _("The price list is decided. Buyers see it at {url} from its first day.").format(
                url=request.build_absolute_uri(reverse("pricing:current"))
            ),
        )
        return redirect("pricing:history")
    changes = [row for row in queries.compare(queries.price_list(as_of=today()), found) if row.is_change]
    context = {
        "form": form,
        "draft": found,
        "changes": changes,
        "consequences": [change_in_words(change) for change in changes],
        "is_own": found.drafted_by_id == request.user.pk,
    }
    return render(request, "pricing/put_in_force.html", context)


def _draft_or_404():
    return get_object_or_404(PriceList.objects.draft().select_related("drafted_by"))


# -- items -----------------------------------------------------------------------------------------------------------


@require(Permission.PRICE_VIEW)
def items(request):
    found = ItemFilter(request.GET, queryset=queries.items(as_of=today()))
    return render(request, "pricing/items.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.PRICE_VIEW)
def item(request, pk):
    found = get_object_or_404(Item.objects.visible_to(request.user).select_related("base_unit", "skill"), pk=pk)
    context = {
        "item": found,
        "price": queries.price(found, as_of=today()),
        "history": queries.history(found),
        "conversions": found.conversions.select_related("unit").order_by("unit__name"),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "pricing/item.html", context)


@require(Permission.ITEM_CORRECT)
def add_item(request):
    form = ItemForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.add_item, by=request.user, **form.facts)):
        messages.success(request, _("{item} is added. Its price comes with the next list.").format(item=made))
        return redirect("pricing:item", made.pk)
    return render(request, "pricing/add_item.html", {"form": form})


@require(Permission.ITEM_CORRECT)
def correct_item(request, pk):
    found = get_object_or_404(Item.objects.visible_to(request.user), pk=pk)
    names = ("code", "name", "kind", "base_unit", "skill", "is_active", "version")
    before = {name: getattr(found, name) for name in names} | {step: n or None for step, n in found.minutes.items()}
    form = ItemCorrection(request.POST or None, initial=before)
    if form.is_valid() and submit(form, services.correct_item, found, by=request.user, **form.facts):
        messages.success(request, _("{item} is corrected.").format(item=found))
        return redirect("pricing:item", pk)
    return render(request, "pricing/correct_item.html", {"form": form, "item": found})


@require(Permission.ITEM_CORRECT)
def set_conversion(request, pk):
    found = get_object_or_404(Item.objects.visible_to(request.user).select_related("base_unit"), pk=pk)
    form = ConversionForm(request.POST or None, item=found)
    if form.is_valid() and submit(form, services.set_conversion, found, by=request.user, **form.facts):
        messages.success(request, _("The conversion is saved."))
        return redirect("pricing:item", pk)
    return render(request, "pricing/set_conversion.html", {"form": form, "item": found})
