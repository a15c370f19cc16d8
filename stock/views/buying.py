"""Joint purchases in the browser: one page per purchase that says how far it is and who acts next."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import may_open, page_of, require, submit
from core.money import format_quantity, format_rupiah
from core.notices import whatsapp
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock import queries, returning, services
from stock.forms import ChooseForm, JoinForm, OnForm, OpenForm, QuoteForm, ReceiveForm, ShareForm, WhyForm
from stock.models import JointPurchase, JointStep
from stock.views.moving import own_member


def purchase_or_404(request, pk) -> JointPurchase:
    rows = JointPurchase.objects.visible_to(request.user)
    return get_object_or_404(rows.prefetch_related("steps__supplier", "steps__by"), pk=pk)


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
    """How far it is and who acts next; what everybody got. Who has paid is shown to him and to the officers."""
    found = purchase_or_404(request, pk)
    needs, accounts, standing = queries.needed(found), queries.accounts(found), found.standing()
    totals = queries.totals(needs)
    wanted = ", ".join(f"{format_quantity(total)} {item.base_unit} {item}" for item, total in totals.items())
    text = _("Joint purchase: {purpose}. Needed so far: {wanted}. Write down what you need: {url}").format(
        purpose=found, wanted=wanted or "–", url=request.build_absolute_uri(request.path)
    )
    context = {
        "purchase": found,
        "may_open_order": bool(found.url) and may_open(request.user, found.url),
        "standing": standing,
        "needs": needs,
        "totals": totals.items(),
        "offers": queries.offers(found),
        "accounts": accounts,
        "sees_money": request.user.can(Permission.STOCK_LIST_ALL),
        "cost": queries.cost(found),
        "owed_total": sum(account.owed for account in accounts),
        "whatsapp": whatsapp("", text),
        "steps": _steps(found, standing, is_settled=not any(account.owed for account in accounts)),
        "reversible": _reversible(request.user, standing, accounts),
        "undone": [step for step in found.steps.all() if step.reversed_on],
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "stock/purchase.html", context)


def _steps(found, standing, *, is_settled: bool) -> list[tuple[str, str, str]]:
    """Title, day, state of each step; the first that has not happened is the current one."""
    titles = [
        (JointStep.Kind.CHOSEN, _("Supplier chosen and ordered")),
        (JointStep.Kind.RECEIVED, _("Received")),
        (JointStep.Kind.SHARED, _("Shared out")),
        (JointStep.Kind.PAID, _("Supplier paid")),
    ]
    result, current = [(_("Opened"), found.opened_on, "done")], True
    for kind, title in titles:
        on = standing[kind].on if kind in standing else None
        result.append((title, on, "done" if on else "current" if current else ""))
        current = current and bool(on)
    shared = JointStep.Kind.SHARED in standing
    return [*result, (_("Every share is paid"), None, "done" if shared and is_settled else "current" if shared else "")]


def _reversible(user, standing, accounts) -> list[JointStep]:
    """The steps that this officer may undo now: nothing stands on them, and somebody else did them."""
    kinds = JointStep.Kind
    blocked = {
        kinds.CHOSEN: kinds.RECEIVED in standing,
        kinds.RECEIVED: kinds.SHARED in standing or kinds.PAID in standing,
        kinds.SHARED: any(account.paid for account in accounts),
        kinds.PAID: False,
    }
    needs = {kinds.CHOSEN: Permission.JOINT_DECIDE}
    return [
        step
        for kind, step in standing.items()
        if not blocked[kind] and step.by_id != user.pk and user.can(needs.get(kind, Permission.STOCK_PAY))
    ]


@require(Permission.STOCK_RECORD)
def open_purchase(request):
    form = OpenForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.open_purchase, on=today(), by=request.user, **form.facts)):
        messages.success(request, _("Opened. Now write down what you need, and tell the others."))
        return redirect("stock:join", made.pk)
    return render(request, "stock/open_purchase.html", {"form": form})


@require(Permission.STOCK_RECORD)
def join(request, pk):
    found = purchase_or_404(request, pk)
    own = None if request.user.can(Permission.STOCK_FOR_OTHERS) else own_member(request.user)
    members = Member.objects.entered(as_of=today()).order_by("name")
    form = JoinForm(request.POST or None, own=own, members=members, initial={"item": request.GET.get("item")})
    if form.is_valid() and submit(form, _join, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Written down. It can be changed until it is ordered."))
        return redirect("stock:purchase", pk)
    return render(request, "stock/join.html", {"form": form, "purchase": found})


def _join(found, **facts):
    services.join(found, **facts)
    return True


@require(Permission.STOCK_RECORD)
def quote(request, pk):
    found = purchase_or_404(request, pk)
    items = Item.objects.filter(pk__in=found.needs.values("item")).select_related("base_unit").order_by("name")
    form = QuoteForm(request.POST or None, items=items)
    if form.is_valid() and submit(form, services.quote, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The price is written down."))
        return redirect("stock:purchase", pk)
    return render(request, "stock/quote.html", {"form": form, "purchase": found})


@require(Permission.JOINT_DECIDE)
def choose(request, pk):
    found = purchase_or_404(request, pk)
    offers = [offer for offer in queries.offers(found) if not offer.lacks]
    initial = {"supplier": offers[0].supplier_id if offers else None}
    form = ChooseForm(request.POST or None, suppliers=[offer.supplier_id for offer in offers], initial=initial)
    if form.is_valid() and submit(form, services.choose, found, by=request.user, **form.facts):
        messages.success(request, _("Ordered. Everybody who takes part is told."))
        return redirect("stock:purchase", pk)
    return render(request, "stock/choose_supplier.html", {"form": form, "purchase": found, "offers": offers})


@require(Permission.STOCK_PAY)
def receive(request, pk):
    found = purchase_or_404(request, pk)
    wanted = queries.totals(queries.needed(found))
    supplier = getattr(found.standing().get(JointStep.Kind.CHOSEN), "supplier_id", None)
    chosen = next((offer for offer in queries.offers(found) if offer.supplier_id == supplier), None)
    prices = {item: returning.worth(wanted[item], price) for item, price in chosen.prices} if chosen else {}
    form = ReceiveForm(request.POST or None, wanted=wanted, prices=prices)
    if form.is_valid() and submit(form, services.receive, found, by=request.user, **form.facts):
        messages.success(request, _("Received. Now share it out."))
        return redirect("stock:share-out", pk)
    return render(request, "stock/receive.html", {"form": form, "purchase": found})


@require(Permission.STOCK_PAY)
def share_out(request, pk):
    """What each gets and owes, before it happens."""
    found = purchase_or_404(request, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.share_out, found, by=request.user, **form.facts):
        messages.success(request, _("Shared out. Everybody has been told what to pay."))
        return redirect("stock:purchase", pk)
    context = {"form": form, "purchase": found, "shares": queries.shares_to_be(found), "cost": queries.cost(found)}
    return render(request, "stock/share_out.html", context)


@require(Permission.STOCK_PAY)
def pay_share(request, pk, member):
    found, who = purchase_or_404(request, pk), get_object_or_404(Member, pk=member)
    owed = queries.unpaid(found).get(who.pk, 0)
    form = ShareForm(request.POST or None, initial={"amount": owed or None})
    if form.is_valid() and (paid := submit(form, services.pay_share, found, member=who, by=request.user, **form.facts)):
        messages.success(
            request, _("{amount} of {member} received.").format(amount=format_rupiah(paid.amount), member=who.name)
        )
        return redirect("stock:purchase", pk)
    return render(request, "stock/pay_share.html", {"form": form, "purchase": found, "who": who, "owed": owed})


@require(Permission.STOCK_PAY)
def pay_supplier(request, pk):
    found = purchase_or_404(request, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.pay_supplier, found, by=request.user, **form.facts):
        messages.success(request, _("The supplier is paid."))
        return redirect("stock:purchase", pk)
    chosen = found.standing().get(JointStep.Kind.CHOSEN)
    context = {
        "form": form,
        "purchase": found,
        "cost": queries.cost(found),
        "supplier": chosen.supplier if chosen else "",
    }
    return render(request, "stock/pay_supplier.html", context)


@require(Permission.STOCK_RECORD)
def cancel_purchase(request, pk):
    found = purchase_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid() and submit(form, services.cancel_purchase, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Called off. Everybody who took part is told."))
        return redirect("stock:purchases")
    return render(request, "stock/cancel_purchase.html", {"form": form, "purchase": found})
