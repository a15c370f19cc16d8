"""Dues in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms import (
    DuesForm,
    ReversalForm,
)
from activities.models import DuesPayment
from activities.views.common import say_received
from core.dates import today
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.notices import whatsapp
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member


@require(Permission.DUES_VIEW)
def dues(request):
    """Who owes dues, for the officers; a member is led to the own dues."""
    if not request.user.can(Permission.DUES_LIST):
        return redirect("activities:dues-of", get_object_or_404(Member.objects.visible_to(request.user)).pk)
    rows = queries.unpaid_dues(as_of=today())
    page = page_of(request, rows)
    page.object_list = [(row, services.span(row.months), _reminder(row)) for row in page.object_list]
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
    context = {
        "member": member,
        "dues": queries.open_dues(member, as_of=today()),
        "page": page_of(request, queries.dues_paid(member), 24),
    }
    return render(request, "activities/dues_of.html", context)


@require(Permission.DUES_COLLECT)
def collect_dues(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    dues = queries.open_dues(member, as_of=today(), ahead=services.MONTHS_AHEAD)
    if dues is None:
        messages.info(request, _("{name} has no open dues.").format(name=member.name))
        return redirect("activities:dues-of", pk)
    form = DuesForm(request.POST or None, dues=dues, initial={"months": max(dues.due_months, 1)})
    if form.is_valid() and (paid := submit(form, services.collect_dues, member, by=request.user, **form.facts)):
        say_received(request, paid[0].receipt)
        return redirect("activities:dues-of", pk)
    return render(request, "activities/collect_dues.html", {"member": member, "dues": dues, "form": form})


@require(Permission.DUES_REVERSE)
def reverse_dues(request, pk):
    payments = DuesPayment.objects.visible_to(request.user).select_related("member", "receipt")
    payment = get_object_or_404(payments, pk=pk)
    form = ReversalForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_dues, payment, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed. Its months are open again."))
        return redirect("activities:dues-of", payment.member_id)
    months = [paid.month for paid in payments.filter(entry=payment.entry_id).order_by("month")]
    context = {"payment": payment, "months": services.span(months), "form": form}
    return render(request, "activities/reverse_dues.html", context)


def _reminder(row):
    """The WhatsApp link with the reminder typed in; nothing for somebody without a telephone."""
    if not row.phone:
        return ""
    text = _(
        "Good day {name}. A reminder from KOKKMAS: the dues of {months} are open, together {amount}. "
        "You can pay them to the treasurer or at the meeting on the 12th. Thank you."
    ).format(name=row.name, months=services.span(row.months), amount=format_rupiah(row.owed))
    return whatsapp(row.phone, text)
