"""Dues in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms.dues import DuesForm, WaiverForm
from activities.models import DuesPayment, DuesWaiver
from core.dates import today
from core.forms import ReversalForm
from core.http import export, page_of, require
from core.money import format_rupiah
from core.notices import whatsapp
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member


def crumbs(member: Member) -> list[tuple[str, str]]:
    return [
        (_("Dues"), reverse("activities:dues")),
        (member.name, reverse("activities:dues-of", args=[member.pk])),
    ]


@require(Permission.DUES_VIEW)
def dues(request):
    """Who owes dues, for the officers; a member is led to their own."""
    if not request.user.can(Permission.DUES_LIST):
        return redirect("activities:dues-of", get_object_or_404(Member.objects.visible_to(request.user)).pk)
    rows = queries.unpaid_dues(as_of=today())
    page = page_of(request, rows)
    page.object_list = [(row, queries.span(row.months), _reminder(row)) for row in page.object_list]
    return render(request, "activities/dues.html", {"page": page, "total": sum(row.owed for row in rows)})


@require(Permission.DUES_LIST)
def dues_export(request):
    rows = queries.unpaid_dues(as_of=today())
    sheet = Sheet(
        _("Unpaid dues on {day}").format(day=date_format(today(), "j F Y")),
        columns=[
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(_("Telephone")),
            Column(_("Owed since"), "month"),
            Column(_("Months"), "number", total=False),
            Column(_("Owed"), "rupiah"),
        ],
        rows=[(row.number, row.name, str(row.phone), row.owed_from, row.due_months, row.owed) for row in rows],
    )
    return export(_("unpaid dues"), sheet, on=today())


@require(Permission.DUES_VIEW)
def dues_of(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    page = page_of(request, queries.dues_paid(member), 24)
    for payment in page:
        payment.is_reversible = payment.may_be_reversed_by(request.user)
    waivers = list(queries.waivers(member))
    for waiver in waivers:
        waiver.is_reversible = waiver.may_be_reversed_by(request.user)
    context = {"member": member, "dues": queries.open_dues(member, as_of=today()), "page": page, "waivers": waivers}
    return render(request, "activities/dues_of.html", context)


@require(Permission.DUES_COLLECT)
def collect_dues(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    dues = queries.open_dues(member, as_of=today(), ahead=services.MONTHS_AHEAD)
    if dues is None:
        messages.info(request, _("{name} has no unpaid dues.").format(name=member.name))
        return redirect("activities:dues-of", pk)
    page = FormPage(
        title=_("Receive dues"),
        lead=_("From {member}, oldest month first. A receipt is made at once.").format(member=member),
        crumbs=crumbs(member),
    )
    form = DuesForm(request.POST or None, dues=dues, initial={"months": max(dues.due_months, 1)})
    return form_page(request, form, services.collect_dues, member, by=request.user, page=page, done=_received)


def _received(paid: list[DuesPayment]) -> str:
    receipt = paid[0].receipt
    return format_html(
        "{} <a href='{}'>{}</a>",
        _("Dues of {amount} received.").format(amount=format_rupiah(receipt.amount)),
        reverse("ledger:receipt", args=[receipt.pk]),
        _("Receipt {number} is ready to print.").format(number=receipt.number),
    )


@require(Permission.DUES_REVERSE)
def reverse_dues(request, pk):
    payments = DuesPayment.objects.visible_to(request.user).select_related("member", "receipt")
    payment = get_object_or_404(payments, pk=pk)
    months = [paid.month for paid in payments.filter(entry=payment.entry_id).order_by("month")]
    page = FormPage(
        title=_("Reverse a payment"),
        action=_("Reverse the payment"),
        amount=payment.receipt.amount,
        consequences=[
            _("Dues of {member} for {months} become unpaid again.").format(
                member=payment.member, months=queries.span(months)
            ),
            _("Both entries stay in the journal, with the reason."),
            _("Take back receipt {number}.").format(number=payment.receipt.number),
        ],
        crumbs=crumbs(payment.member),
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The payment is reversed. Its months are unpaid again.")
    return form_page(request, form, services.reverse_dues, payment, by=request.user, page=page, done=done)


@require(Permission.DUES_WAIVE)
def waive_dues(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    page = FormPage(
        title=_("Waive dues"),
        action=_("Waive the dues"),
        lead=_("{member} need not pay these months, as a decision says. What is paid already stays paid.").format(
            member=member
        ),
        crumbs=crumbs(member),
    )
    form = WaiverForm(request.POST or None)
    done = _("The dues of these months are waived.")
    return form_page(request, form, services.waive_dues, member, by=request.user, page=page, done=done)


@require(Permission.DUES_WAIVE)
def end_waiver(request, pk):
    waiver = get_object_or_404(DuesWaiver.objects.visible_to(request.user).select_related("member"), pk=pk)
    months = queries.span([waiver.first_month, waiver.last_month])
    page = FormPage(
        title=_("Take a waiver back"),
        consequences=[_("Dues of {member} for {months} are owed again.").format(member=waiver.member, months=months)],
        crumbs=crumbs(waiver.member),
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The waiver is taken back. Its months are owed again.")
    return form_page(request, form, services.end_waiver, waiver, by=request.user, page=page, done=done)


def _reminder(row):
    """The WhatsApp link with the reminder typed in; nothing for somebody without a telephone."""
    if not row.phone:
        return ""
    text = _(
        "Good day {name}. A reminder from KOKKMAS: your dues for {months} are unpaid, together {amount}. You can pay "
        "them to the treasurer or at the meeting on the 12th. Thank you."
    ).format(name=row.name, months=queries.span(row.months), amount=format_rupiah(row.owed))
    return whatsapp(row.phone, text)
