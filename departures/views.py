"""The end of a membership: what will happen, agreeing to it, and paying what is left."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import download, export, page_of, require, show
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from departures import queries, services
from departures.forms import DepartureForm, PayoutForm
from departures.models import Departure
from departures.papers import statement_paper
from loans.forms.common import CarryOutForm
from loans.views.common import with_receipt
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
    """Everything that would happen, before it is recorded."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("user"), pk=pk)
    if not member.entered_on or member.left_on:
        raise Http404

    def page():
        ahead = _ahead(member)
        return FormPage(
            title=_("End the membership"),
            action=_("Propose"),
            crumbs=_crumbs(request, member),
            lead=_("{name} leaves. Nothing happens before another officer approves it.").format(name=member.name),
            consequences=ahead["consequences"],
            above="departures/_ahead.html",
            context=ahead,
        )

    return form_page(
        request,
        DepartureForm(request.POST or None, request.FILES or None, member=member),
        services.propose_departure,
        member,
        on=today(),
        by=request.user,
        page=page,
        done=_("It is recorded. The chair approves it."),
        to=_address,
    )


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    """What will happen, or what happened: the member reads the same as the officers."""
    row = _found(request, pk)
    context = {
        "departure": row,
        "member": row.member,
        "is_to_pay": row.is_to_pay,
    }
    if row.is_waiting:
        context |= _ahead(row.member)
    context["actions"] = queries.actions(row, request.user, is_held_up=bool(context.get("obstacles")))
    return render(request, "departures/detail.html", context)


@require(Permission.DEPARTURE_APPROVE)
def approve(request, pk):
    row = _found(request, pk)

    def page():
        ahead = _ahead(row.member)
        return FormPage(
            title=_("{name} leaves the cooperative").format(name=row.member.name),
            action=_("End the membership"),
            crumbs=_crumbs(request, row.member, row),
            amount=ahead["outlook"].to_pay,
            consequences=ahead["consequences"],
            above="departures/_ahead.html",
            context=ahead,
            danger=True,
        )

    form = CarryOutForm(request.POST or None)
    done = _("The membership has ended. The treasurer pays what is left.")
    return form_page(request, form, services.approve_departure, row, by=request.user, page=page, done=done)


@require(Permission.DEPARTURE_PAY)
def pay(request, pk):
    row = _found(request, pk)
    page = FormPage(
        title=_("Pay {name}").format(name=row.payee),
        action=_("Pay out"),
        crumbs=_crumbs(request, row.member, row),
        amount=row.to_pay,
        consequences=[
            _("{name} gets the money in cash or by bank transfer, with a receipt.").format(name=row.payee),
            _("Nothing is owed to the former member any more."),
        ],
    )

    def done(row):
        paid = _("{amount} paid to {name}.").format(amount=format_rupiah(row.to_pay), name=row.payee)
        return with_receipt(paid, row.receipt)

    form = PayoutForm(request.POST or None)
    return form_page(request, form, services.pay_departure, row, by=request.user, page=page, done=done)


@require(Permission.DEPARTURE_PROPOSE)
def drop(request, pk):
    row = _found(request, pk)
    page = FormPage(
        title=_("{name} stays a member").format(name=row.member.name),
        action=_("Drop"),
        crumbs=_crumbs(request, row.member, row),
    )
    form = ConfirmationForm(request.POST or None)
    done = _("It is dropped; the membership goes on.")
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.drop_departure, row, page=page, done=done, **facts)


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


def _address(departure):
    return reverse("departures:detail", args=[departure.pk])


def _crumbs(request, member, departure=None):
    above = [(_("Home"), reverse("home"))]
    if request.user.can(Permission.LOAN_LIST):
        above.append((_("Members who leave"), reverse("departures:list")))
    above.append((member.name, reverse("members:detail", args=[member.pk])))
    return [*above, (_("End of the membership"), _address(departure))] if departure else above


def _ahead(member):
    """What would happen if it were carried out today."""
    now = queries.outlook(member, on=today())
    consequences = [
        _("{amount} of savings and SHU are counted out.").format(amount=format_rupiah(now.has)),
        _("{amount} of it is set off against the loans.").format(amount=format_rupiah(now.set_off))
        if now.owed
        else _("No loan is owed; nothing is set off."),
    ]
    if now.claims:
        consequences.append(
            _("{amount} of what is owed is claimed on written-off loans: the rules of leaving set it off.").format(
                amount=format_rupiah(now.claims)
            )
        )
    if now.still_claimed:
        consequences.append(
            _(
                "{amount} is still claimed on written-off loans. The rules of leaving do not set it off; it stays."
            ).format(amount=format_rupiah(now.still_claimed))
        )
    if now.to_pay:
        consequences.append(
            _("{amount} is paid until {day}, with a receipt.").format(
                amount=format_rupiah(now.to_pay), day=date_format(now.pay_by, "j F Y")
            )
        )
    if now.still_owed:
        consequences.append(
            _("{amount} stays owed, as a claim on the former member.").format(amount=format_rupiah(now.still_owed))
        )
    consequences += [
        _("Mandatory savings and dues are no longer asked for, and the login is closed."),
        _("The register keeps the name and the number. It cannot be undone."),
    ]
    return {"outlook": now, "obstacles": queries.obstacles(member, as_of=today()), "consequences": consequences}
