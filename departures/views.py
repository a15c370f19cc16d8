"""The end of a membership: what will happen, agreeing to it, and paying what is left."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.http import download, export, page_of, require, show, submit
from core.money import format_rupiah
from core.permissions import Permission
from core.workbook import Column, Sheet
from departures import queries, services
from departures.forms import DepartureForm
from departures.models import Departure
from departures.papers import statement_paper
from loans.forms.common import CarryOutForm, ConfirmationForm
from loans.views.common import say_done
from members.models import Member


@require(Permission.LOAN_LIST)
def departures(request):
    """Who waits for a decision, who for money and until when, and who has left."""
    rows = Departure.objects.filter(dropped_on=None).select_related("member", "receipt")
    context = {
        "page": page_of(request, rows.filter(approved_on__isnull=False).order_by("-approved_on", "-pk")),
        "waiting": rows.filter(approved_on=None).select_related("proposed_by").order_by("requested_on", "pk"),
        "to_pay": Departure.objects.to_pay().select_related("member").order_by("pay_by", "pk"),
        "today": today(),
    }
    return render(request, "departures/list.html", context)


@require(Permission.LOAN_LIST)
def export_departures(request):
    columns = [
        Column(_("Member")),
        Column(_("How")),
        Column(_("Left on"), "date"),
        Column(_("Savings and SHU"), "rupiah"),
        Column(_("Set off"), "rupiah"),
        Column(_("To pay"), "rupiah"),
        Column(_("Pay by"), "date"),
        Column(_("Paid on"), "date"),
        Column(_("Still owed"), "rupiah"),
    ]
    rows = Departure.objects.filter(approved_on__isnull=False).select_related("member").order_by("-approved_on", "-pk")
    found = [
        (
            row.member.name,
            row.get_kind_display(),
            row.member.left_on,
            row.has,
            row.set_off,
            row.to_pay,
            row.pay_by,
            row.paid_on,
            row.still_owed,
        )
        for row in rows
    ]
    return export(_("members who left"), Sheet(_("Members who left"), columns, found), on=today())


@require(Permission.DEPARTURE_PROPOSE)
def propose(request, pk):
    """Everything that would happen, before it is written down."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("user"), pk=pk)
    if not member.entered_on or member.left_on:
        raise Http404
    form = DepartureForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (
        made := submit(form, services.propose_departure, member, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("It is written down. The chair agrees to it."))
        return redirect("departures:detail", made.pk)
    return render(request, "departures/propose.html", {"member": member, "form": form} | _ahead(member))


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    """What will happen, or what happened: the member reads the same as the officers."""
    row = _found(request, pk)
    context = {
        "departure": row,
        "member": row.member,
        "is_waiting": not row.approved_on and not row.dropped_on,
        "is_to_pay": bool(row.approved_on and row.to_pay and not row.paid_on),
        "is_own": row.member.user_id == request.user.pk,
    }
    if context["is_waiting"]:
        context |= _ahead(row.member)
    return render(request, "departures/detail.html", context)


@require(Permission.DEPARTURE_APPROVE)
def approve(request, pk):
    row = _found(request, pk)
    form = CarryOutForm(request.POST or None)
    if form.is_valid() and submit(form, services.approve_departure, row, by=request.user, **form.facts):
        messages.success(request, _("The membership has ended. The treasurer pays what is left."))
        return redirect("departures:detail", pk)
    context = {"departure": row, "member": row.member, "form": form} | _ahead(row.member)
    return render(request, "departures/approve.html", context)


@require(Permission.DEPARTURE_PAY)
def pay(request, pk):
    row = _found(request, pk)
    form = CarryOutForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_departure, row, by=request.user, **form.facts)):
        say_done(
            request,
            _("{amount} paid to {name}.").format(amount=format_rupiah(paid.to_pay), name=paid.payee),
            paid.receipt,
        )
        return redirect("departures:detail", pk)
    consequences = [
        _("{name} gets the money in cash, with a receipt.").format(name=row.payee),
        _("Nothing is owed to the former member any more."),
    ]
    context = {"departure": row, "member": row.member, "form": form, "consequences": consequences}
    return render(request, "departures/pay.html", context)


@require(Permission.DEPARTURE_PROPOSE)
def drop(request, pk):
    row = _found(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and submit(form, services.drop_departure, row, on=today(), by=request.user):
        messages.success(request, _("It is put aside; the membership goes on."))
        return redirect("departures:detail", pk)
    return render(request, "departures/drop.html", {"departure": row, "member": row.member, "form": form})


@require(Permission.LOAN_VIEW)
def heir_paper(request, pk):
    row = _found(request, pk)
    if not row.heir_paper:
        raise Http404
    return show(row.heir_paper)


@require(Permission.LOAN_VIEW)
def statement(request, pk):
    """The settlement on paper, once it is agreed to."""
    row = _found(request, pk)
    if not row.approved_on:
        raise Http404
    name = _("leaving-{member}").format(member=row.member.number)
    return download(statement_paper(row, on=today()), f"{name}.pdf", inline=True)


def _found(request, pk):
    rows = Departure.objects.visible_to(request.user)
    related = ("member__user", "proposed_by", "approved_by", "paid_by", "decision", "receipt", "heir_paper")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _ahead(member):
    """What would happen if it were carried out today."""
    now = queries.outlook(member, on=today())
    consequences = [
        _("{amount} of savings and SHU are counted out.").format(amount=format_rupiah(now.has)),
        _("{amount} of it is set off against the loans.").format(amount=format_rupiah(now.set_off))
        if now.owed
        else _("No loan is owed; nothing is set off."),
    ]
    if now.to_pay:
        consequences.append(
            _("{amount} is paid until {day}, with a receipt.").format(
                amount=format_rupiah(now.to_pay), day=date_format(now.pay_by, "j F Y")
            )
        )
    if now.still_owed:
        consequences.append(
            _("{amount} stays owed: the loan runs on as a claim on the former member.").format(
                amount=format_rupiah(now.still_owed)
            )
        )
    consequences += [
        _("Mandatory savings and dues are no longer asked for, and the login is closed."),
        _("The register keeps the name and the number. It cannot be undone."),
    ]
    return {"outlook": now, "obstacles": queries.obstacles(member, as_of=today()), "consequences": consequences}
