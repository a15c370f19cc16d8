"""Lending between neighbours in the browser: who can lend, handing over, giving back."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import export, may_open, page_of, require, submit
from core.money import format_quantity
from core.notices import whatsapp
from core.permissions import Permission
from core.workbook import Column, Sheet
from pricing.models import Item
from stock import queries, services, wording
from stock.forms import GiveBackForm, LendForm, LimitForm, OnForm, WhyForm
from stock.journey import Journey
from stock.models import StockLoan, StockReturn
from stock.views.moving import holder_or_404, item_or_404, own_member


def loan_or_404(request, pk) -> StockLoan:
    rows = StockLoan.objects.visible_to(request.user).select_related("recorded_for")
    return get_object_or_404(queries.loans(rows), pk=pk)


# -- who can lend ------------------------------------------------------------------------------------------------------


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
        "page": page,
        "holders": [(row, whatsapp(row.phone, text)) for row in page],
    }
    return render(request, "stock/holders.html", context)


@require(Permission.STOCK_RECORD)
def limit(request, member, pk):
    holder, found = holder_or_404(request, member), item_or_404(request, pk)
    form = LimitForm(request.POST or None)
    if form.is_valid() and submit(form, services.limit_lending, holder, item=found, by=request.user, **form.facts):
        messages.success(request, _("Written down. Neighbours see at most so much of it."))
        return redirect("stock:item", member, pk)
    return render(request, "stock/limit.html", {"form": form, "member": holder, "item": found})


# -- the loans ---------------------------------------------------------------------------------------------------------


@require(Permission.STOCK_VIEW)
def loans(request):
    """What I must give back and when, what I have lent, and what waits for my yes."""
    member, on = own_member(request.user), today()
    rows = StockLoan.objects.filter(Q(lender=member) | Q(borrower=member)) if member else StockLoan.objects.none()
    running = queries.outlooks(rows.running(as_of=on), as_of=on)
    context = {
        "member": member,
        "owed": [row for row in running if row.loan.borrower_id == member.pk],
        "lent": [row for row in running if row.loan.lender_id == member.pk],
        "to_confirm": queries.to_confirm(request.user),
        "to_look_at": queries.returns_to_confirm(request.user),
        "asked": queries.loans(rows.filter(confirmed_on=None, declined_on=None, recorded_for=member)),
    }
    return render(request, "stock/loans.html", context)


@require(Permission.STOCK_LIST_ALL)
def all_loans(request):
    """Everything that is out between members, first what must be back first; and the money that waits."""
    on = today()
    page = page_of(request, queries.days(StockLoan.objects.running(as_of=on), as_of=on))
    page.object_list = queries.with_loans(page.object_list, as_of=on)
    context = {"page": page, "payments": queries.payments_to_receive()}
    return render(request, "stock/all_loans.html", context)


@require(Permission.STOCK_LIST_ALL)
def export_loans(request):
    columns = [
        Column(_("Lender")),
        Column(_("Borrower")),
        Column(_("Item")),
        Column(_("Unit")),
        Column(_("Lent"), "number"),
        Column(_("Still out"), "number"),
        Column(_("Handed over on"), "date"),
        Column(_("To be back on"), "date"),
        Column(_("Because")),
    ]
    rows = (
        [
            row.loan.lender.name,
            row.loan.borrower.name,
            row.loan.item.name,
            row.loan.item.base_unit.name,
            row.loan.quantity,
            row.out,
            row.loan.handed_on,
            row.return_on,
            row.why,
        ]
        for row in queries.outlooks(StockLoan.objects.running(as_of=today()), as_of=today())
    )
    return export(_("lent material"), Sheet(_("Lent material"), columns=columns, rows=rows), on=today())


@require(Permission.STOCK_VIEW)
def loan(request, pk):
    """The steps, the same for both sides, the day of return with its reason, and one big button for who is next."""
    found, on = loan_or_404(request, pk), today()
    running = StockLoan.objects.running(as_of=on).filter(pk=pk)
    outlook = next(iter(queries.outlooks(running, as_of=on)), None)
    journey = Journey(found, queries.returns(found), outlook)
    mine = found.lender if found.lender.user_id == request.user.pk else found.borrower
    other = found.other_side(mine.pk)
    others = []
    if outlook and outlook.missing:
        others = queries.holders(
            found.item, as_of=on, wanted=outlook.missing, without=[found.lender_id, found.borrower_id]
        )[:5]
    text = wording.message(found, outlook, request.build_absolute_uri())
    order = str(outlook.need.url) if outlook and outlook.need else ""
    context = {
        "loan": found,
        "order_url": order if order and may_open(request.user, order) else "",
        "journey": journey,
        "outlook": outlook,
        "others": others,
        "action": journey.next_action(request.user),
        "other": other,
        "whatsapp": whatsapp(other.phone, text),
        "may_decline": found.is_waiting and request.user.can(Permission.STOCK_RECORD),
        "told": found.told_dates.order_by("-pk"),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "stock/loan.html", context)


@require(Permission.STOCK_RECORD)
def lend(request, pk, side):
    """Written down by whoever has the phone in hand; the other side confirms."""
    if side not in ("lender", "borrower"):
        raise Http404
    found, own = item_or_404(request, pk), own_member(request.user)
    other = "borrower" if side == "lender" else "lender"
    asked = {other: request.GET.get("with")} | ({} if own else {side: request.GET.get("for")})
    form = LendForm(request.POST or None, item=found, own=own, side=side, as_of=today(), initial=asked)
    if form.is_valid():
        facts = form.facts
        sides = facts.pop("lender"), facts.pop("borrower")
        if made := submit(form, services.lend, *sides, item=found, on=today(), by=request.user, **facts):
            messages.success(request, _("Written down. It counts when the other side confirms."))
            return redirect("stock:loan", made.pk)
    return render(request, "stock/lend.html", {"form": form, "item": found, "side": side})


@require(Permission.STOCK_RECORD)
def confirm(request, pk):
    found = loan_or_404(request, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm, found, by=request.user, **form.facts):
        messages.success(request, _("Confirmed. Both stocks are right, and the day of return is worked out."))
        return redirect("stock:loan", pk)
    return render(request, "stock/confirm.html", {"form": form, "loan": found})


@require(Permission.STOCK_RECORD)
def decline(request, pk):
    found = loan_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid() and submit(form, services.decline, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Taken back. Nothing has changed in the stock."))
        return redirect("stock:loan", pk)
    return render(request, "stock/decline.html", {"form": form, "loan": found})


# -- coming back -------------------------------------------------------------------------------------------------------


@require(Permission.STOCK_RECORD)
def give_back(request, pk):
    found = loan_or_404(request, pk)
    form = GiveBackForm(request.POST or None, item=found.item, initial={"quantity": found.out - found.on_its_way})
    if form.is_valid() and (back := submit(form, services.give_back, found, by=request.user, **form.facts)):
        if back.way == StockReturn.Way.SAVINGS:
            messages.success(request, _("Written down. Now take the money to the treasurer."))
        else:
            messages.success(request, _("Written down. It counts when the other side has looked at it."))
        return redirect("stock:loan", pk)
    return render(request, "stock/give_back.html", {"form": form, "loan": found})


def _return_or_404(request, pk):
    rows = StockReturn.objects.visible_to(request.user)
    back = get_object_or_404(rows.select_related("loan"), pk=pk)
    return back, loan_or_404(request, back.loan_id)


@require(Permission.STOCK_RECORD)
def confirm_return(request, pk):
    back, found = _return_or_404(request, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_return, back, by=request.user, **form.facts):
        messages.success(
            request,
            _("Confirmed: {quantity} {unit} came back.").format(
                quantity=format_quantity(back.quantity), unit=found.item.base_unit
            ),
        )
        return redirect("stock:loan", found.pk)
    return render(request, "stock/confirm_return.html", {"form": form, "back": back, "loan": found})


@require(Permission.STOCK_RECORD)
def decline_return(request, pk):
    back, found = _return_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid() and submit(form, services.decline_return, back, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Not confirmed. The other side sees why."))
        return redirect("stock:loan", found.pk)
    return render(request, "stock/decline_return.html", {"form": form, "back": back, "loan": found})
