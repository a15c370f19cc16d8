"""Price lists in the browser, and the public page of the list in force."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import download, page_of, public, require, submit
from core.money import format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from pricing import papers, queries, services
from pricing.forms.price_list import CompareForm, DecideForm, DraftForm
from pricing.models import Item, PriceList

# -- for buyers, without a login -------------------------------------------------------------------------------------


@public
def current(request):
    """The products of the list in force: the page whose address buyers are given."""
    on = today()
    price_list = queries.price_list(as_of=on)
    rows = queries.prices(price_list).filter(item__kind=Item.Kind.PRODUCT) if price_list else []
    context = {"price_list": price_list, "prices": rows, "coming": queries.next_list(as_of=on)}
    return render(request, "pricing/price_list/current.html", context)


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
    return render(request, "pricing/price_list/detail.html", _facts(request, queries.price_list(as_of=on)))


@require(Permission.PRICE_VIEW)
def detail(request, pk):
    found = get_object_or_404(PriceList.objects.visible_to(request.user).decided(), pk=pk)
    return render(request, "pricing/price_list/detail.html", _facts(request, found))


def _facts(request, price_list):
    before = queries.list_before(price_list) if price_list else None
    return {
        "price_list": price_list,
        "is_current": price_list == queries.price_list(as_of=today()),
        "changes": queries.compare(before, price_list) if price_list else [],
        "before": before,
        "coming": queries.next_list(as_of=today()),
        "draft": PriceList.objects.draft().first(),
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
    return render(request, "pricing/price_list/history.html", {"page": page_of(request, lists), "form": form})


@require(Permission.PRICE_VIEW)
def compare(request):
    form = CompareForm(request.GET or None, lists=queries.lists())
    chosen = form.cleaned_data if form.is_valid() else {}
    new = chosen.get("new") or queries.price_list(as_of=today())
    old = chosen.get("old") or (queries.list_before(new) if new else None)
    rows = queries.compare(old, new) if new else []
    form = CompareForm(initial={"old": old, "new": new}, lists=queries.lists())
    return render(request, "pricing/price_list/compare.html", {"form": form, "old": old, "new": new, "changes": rows})


@require(Permission.PRICE_VIEW)
def proposed(request):
    """What the draft would change, for every member to read before the meeting."""
    found = _draft_or_404()
    return render(request, "pricing/price_list/proposed.html", {"draft": found, "changes": _changes(found)})


# -- the draft -------------------------------------------------------------------------------------------------------


def _crumbs(*below):
    return [(_("Price list"), reverse("pricing:list")), *below]


@require(Permission.PRICE_DRAFT)
def draft_list(request):
    current = queries.price_list(as_of=today())
    lead = _("The draft begins empty. Nobody sees it until the chair puts it in force.")
    if current:
        lead = _(
            "The draft begins with the prices of {day}. You change what the meeting wants; nobody sees it until the "
            "chair puts it in force."
        ).format(day=date_format(current.in_force_from, "j F Y"))
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.draft_list,
        on=today(),
        by=request.user,
        page=FormPage(title=_("Prepare a new price list"), action=_("Begin the draft"), lead=lead, crumbs=_crumbs()),
        done=_("The draft has been started."),
        to=reverse("pricing:draft"),
    )


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
    return render(request, "pricing/price_list/draft.html", {"form": form, "draft": found})


@require(Permission.PRICE_DRAFT)
def discard_draft(request):
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.discard_draft,
        _draft_or_404(),
        by=request.user,
        page=FormPage(
            title=_("Discard the draft"),
            action=_("Discard"),
            lead=_("The draft and all its prices are deleted. The list in force stays as it is."),
            danger=True,
            crumbs=_crumbs((_("Draft"), reverse("pricing:draft"))),
        ),
        done=_("The draft is discarded. The list in force stays as it is."),
        to=reverse("pricing:list"),
    )


@require(Permission.PRICE_DECIDE)
def put_in_force(request):
    found = _draft_or_404()
    return form_page(
        request,
        DecideForm(request.POST or None, draft=found, on=today()),
        services.put_in_force,
        found,
        by=request.user,
        page=lambda: FormPage(
            title=_("Put the price list in force"),
            action=_("Put in force"),
            lead=_("Prepared by {name}. Once in force a list is never changed; a new one replaces it.").format(
                name=found.drafted_by
            ),
            consequences=_changes(found) or [_("No price differs from the list in force.")],
            unavailable=Unavailable(
                _("The person who prepared a price list cannot put it in force. Ask another officer.")
            )
            if found.drafted_by_id == request.user.pk
            else None,
            crumbs=_crumbs(),
        ),
        done=_("The price list is decided. Buyers see it at {url} from its first day.").format(
            url=request.build_absolute_uri(reverse("pricing:current"))
        ),
        to=reverse("pricing:history"),
    )


def _changes(draft) -> list[str]:
    """`Sandal kulit: Rp 12.000 → Rp 13.500` for every price that the draft changes."""

    def shown(amount):
        return _("not listed") if amount is None else format_rupiah(amount)

    rows = queries.compare(queries.price_list(as_of=today()), draft)
    return [f"{row.item}: {shown(row.old)} → {shown(row.new)}" for row in rows if row.is_change]


def _draft_or_404():
    return get_object_or_404(PriceList.objects.draft().select_related("drafted_by"))
