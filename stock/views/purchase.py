"""Joint purchases in the browser: one page per purchase that says how far it is and who acts next."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ReasonForm
from core.http import may_open, page_of, require
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock import queries, services
from stock.forms.purchase import JoinForm, OpenForm, QuoteForm
from stock.journey.purchase import Journey
from stock.models import JointPurchase
from stock.notifications import named
from stock.views.movement import own_member


def purchase_or_404(request, pk) -> JointPurchase:
    rows = JointPurchase.objects.visible_to(request.user)
    return get_object_or_404(rows.prefetch_related("steps__supplier", "steps__by"), pk=pk)


def page_of_purchase(purchase: JointPurchase, **facts) -> FormPage:
    return FormPage(crumbs=[(purchase.purpose, reverse("stock:purchase", args=[purchase.pk]))], **facts)


@require(Permission.STOCK_VIEW)
def purchases(request):
    member = own_member(request.user)
    context = {
        "page": page_of(request, queries.purchases()),
        "owed": queries.owed_by(member) if member else [],
    }
    return render(request, "stock/purchases.html", context)


@require(Permission.STOCK_VIEW)
def purchase(request, pk):
    """How far it is and who acts next; what everybody got. Who has paid is shown to that member and to the officers."""
    found, user = purchase_or_404(request, pk), request.user
    needs, offers, accounts = queries.needed(found), queries.offers(found), queries.accounts(found)
    journey, totals = Journey(found, accounts), queries.totals(needs)
    wanted = ", ".join(named(total, item) for item, total in totals.items())
    text = _("Joint purchase: {purpose}. Needed so far: {wanted}. Record what you need: {url}").format(
        purpose=found, wanted=wanted or "–", url=request.build_absolute_uri(request.path)
    )
    context = {
        "purchase": found,
        "may_open_order": bool(found.url) and may_open(user, found.url),
        "journey": journey,
        "actions": journey.actions(user, needs=bool(needs), offers=bool(offers)),
        "ways_back": journey.ways_back(user),
        "needs": needs,
        "totals": totals.items(),
        "offers": offers,
        "accounts": [journey.account(account, user) for account in accounts],
        "sees_money": user.can(Permission.STOCK_LIST_ALL),
        "cost": queries.cost(found),
        "owed_total": sum(account.owed for account in accounts),
        "whatsapp": whatsapp("", text),
        "undone": [step for step in found.steps.all() if step.is_reversed],
        "events": audit.trail(found, reader=user),
    }
    return render(request, "stock/purchase.html", context)


@require(Permission.STOCK_RECORD)
def open_purchase(request):
    page = FormPage(
        title=_("Open a joint purchase"),
        action=_("Open it"),
        lead=_(
            "Say what it is for and by when. Then everybody records what they need; the board chooses the supplier."
        ),
        crumbs=[(_("Joint purchases"), reverse("stock:purchases"))],
    )
    return form_page(
        request,
        OpenForm(request.POST or None),
        services.open_purchase,
        on=today(),
        by=request.user,
        page=page,
        done=_("Opened. Now record what you need, and tell the others."),
        to=lambda made: reverse("stock:join", args=[made.pk]),
    )


@require(Permission.STOCK_RECORD)
def join(request, pk):
    found = purchase_or_404(request, pk)
    page = page_of_purchase(
        found,
        title=_("What do you need?"),
        action=_("Record"),
        lead=_("You pay your part when it is shared out: at the treasurer's, or out of your savings."),
    )
    own = None if request.user.can(Permission.STOCK_FOR_OTHERS) else own_member(request.user)
    members = Member.objects.entered(as_of=today()).order_by("name")
    form = JoinForm(request.POST or None, own=own, members=members, initial={"item": request.GET.get("item")})
    facts = {"on": today(), "by": request.user}
    done = _("Recorded. It can be changed until it is ordered.")
    return form_page(request, form, services.join, found, page=page, done=done, **facts)


@require(Permission.STOCK_RECORD)
def quote(request, pk):
    found = purchase_or_404(request, pk)
    page = page_of_purchase(
        found,
        title=_("Record a price"),
        action=_("Save"),
        lead=_("What the supplier asks for one unit, before anything is promised."),
    )
    items = Item.objects.filter(pk__in=found.needs.values("item")).select_related("base_unit").order_by("name")
    form = QuoteForm(request.POST or None, items=items)
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.quote, found, page=page, done=_("The price is recorded."), **facts)


@require(Permission.STOCK_RECORD)
def cancel_purchase(request, pk):
    found = purchase_or_404(request, pk)
    page = page_of_purchase(
        found,
        title=_("Cancel the purchase"),
        lead=_("Nothing is bought. Everybody who took part is told why."),
    )
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.cancel_purchase,
        found,
        on=today(),
        by=request.user,
        page=page,
        done=_("Cancelled. Everybody who took part is notified."),
        to=reverse("stock:purchases"),
    )
