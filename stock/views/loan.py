"""Lending between neighbours in the browser: handing over, and what is out."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date, today
from core.forms import DayForm, ReasonForm
from core.http import export, may_open, page_of, require
from core.money import format_rupiah
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from stock import notifications, queries, services
from stock.forms.loan import LendForm
from stock.journey.loan import Journey
from stock.models import StockLoan
from stock.views.movement import item_or_404, own_member


def loan_or_404(request, pk) -> StockLoan:
    rows = StockLoan.objects.visible_to(request.user).select_related("recorded_for")
    return get_object_or_404(queries.loans(rows), pk=pk)


def crumbs(loan: StockLoan) -> list[tuple[str, str]]:
    return [(str(loan.item), reverse("stock:loan", args=[loan.pk]))]


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
        "asks": queries.asked_of(member, as_of=on) if member else [],
        "own_asks": queries.own_requests(member, as_of=on) if member else [],
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
    text = notifications.message(found, outlook, request.build_absolute_uri())
    order = str(outlook.need.url) if outlook and outlook.need else ""
    context = {
        "loan": found,
        "order_url": order if order and may_open(request.user, order) else "",
        "journey": journey,
        "outlook": outlook,
        "others": others,
        "action": journey.next_action(request.user),
        "reversible": journey.reversible(request.user),
        "other": other,
        "whatsapp": whatsapp(other.phone, text),
        "may_decline": found.is_waiting and request.user.can(Permission.STOCK_RECORD),
        "told": found.told_dates.order_by("-pk"),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "stock/loan.html", context)


@require(Permission.STOCK_RECORD)
def lend(request, pk, side):
    """Recorded by whoever has the phone in hand; the other side confirms."""
    if side not in ("lender", "borrower"):
        raise Http404
    found, own = item_or_404(request, pk), own_member(request.user)
    leads = {
        (True, "lender"): _("You lend; the neighbour confirms having it."),
        (True, "borrower"): _("You borrow; the lender confirms."),
        (False, "lender"): _("You hand over finished goods; the neighbour confirms goods, price and day."),
        (False, "borrower"): _("You take finished goods; the owner confirms goods, price and day."),
    }
    page = FormPage(
        title=_("Hand to a neighbour"),
        action=_("Record"),
        lead=f"{found} · {leads[found.kind == found.Kind.MATERIAL, side]}",
        crumbs=[(_("Lent and borrowed"), reverse("stock:loans"))],
    )
    other = "borrower" if side == "lender" else "lender"
    asked = {other: request.GET.get("with")} | ({} if own else {side: request.GET.get("for")})
    return form_page(
        request,
        LendForm(request.POST or None, item=found, own=own, side=side, as_of=today(), initial=asked),
        services.lend,
        item=found,
        on=today(),
        by=request.user,
        page=page,
        done=_("Recorded. It counts when the other side confirms."),
        to=lambda made: reverse("stock:loan", args=[made.pk]),
    )


@require(Permission.STOCK_RECORD)
def confirm(request, pk):
    found = loan_or_404(request, pk)
    facts = [(_("Agreed price for one"), format_rupiah(found.price))]
    if found.due_on:
        facts.insert(0, (_("Agreed"), f"{found.get_agreed_display()}, {long_date(found.due_on)}"))
        lead = _("Say yes only when goods, price and day are as agreed. Both stocks change.")
    else:
        lead = _("Both stocks change, and the day of return is calculated from the lender's orders.")
    if found.note:
        facts.append((_("Note"), found.note))
    went = _("{quantity} went from {lender} to {borrower}.").format(**notifications.sides(found, found.quantity))
    page = FormPage(
        title=_("Confirm the handover"),
        action=_("Yes, it was handed over"),
        lead=f"{went} {lead}",
        facts=facts,
        instead=(_("It is not so"), reverse("stock:decline", args=[pk])),
        crumbs=crumbs(found),
    )
    done = _("Confirmed. Both stocks are right, and the day of return is calculated.")
    form = DayForm(request.POST or None)
    return form_page(request, form, services.confirm, found, by=request.user, page=page, done=done)


@require(Permission.STOCK_RECORD)
def decline(request, pk):
    found = loan_or_404(request, pk)
    stays = _("{quantity} stay with {lender}. The other side is notified.")
    page = FormPage(
        title=_("It was not handed over"),
        action=_("Take it back"),
        lead=stays.format(**notifications.sides(found, found.quantity)),
        crumbs=crumbs(found),
    )
    facts = {"on": today(), "by": request.user}
    done = _("Taken back. Nothing has changed in the stock.")
    return form_page(request, ReasonForm(request.POST or None), services.decline, found, page=page, done=done, **facts)
