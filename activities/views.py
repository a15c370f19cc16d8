"""Meetings, dues and visits in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms import (
    AttendanceForm,
    CollectionForm,
    DuesForm,
    MeetingFilter,
    MeetingForm,
    MinutesForm,
    ReversalForm,
    VisitForm,
)
from activities.models import DuesPayment, Meeting, Visit
from core.dates import today
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.notices import whatsapp
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member

# -- meetings --------------------------------------------------------------------------------------------------------


@require(Permission.MEETING_LIST)
def meetings(request):
    found = MeetingFilter(request.GET, queryset=queries.with_attendance(Meeting.objects.order_by("-on")))
    return render(request, "activities/meetings.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.MEETING_RECORD)
def hold_meeting(request):
    form = MeetingForm(request.POST or None)
    if form.is_valid() and (meeting := submit(form, services.hold_meeting, by=request.user, **form.facts)):
        messages.success(request, _("The meeting is recorded. Now tick who came."))
        return redirect("activities:record-attendance", meeting.pk)
    return render(request, "activities/hold_meeting.html", {"form": form})


@require(Permission.MEETING_LIST)
def meeting(request, pk):
    found = get_object_or_404(queries.with_attendance(Meeting.objects), pk=pk)
    context = {
        "meeting": found,
        "came": Member.objects.filter(attendances__meeting=found).order_by("name"),
        "decisions": queries.decisions_of(found),
    }
    return render(request, "activities/meeting.html", context)


@require(Permission.MEETING_RECORD)
def record_attendance(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"members": list(found.attendances.values_list("member_id", flat=True)), "version": found.version}
    form = AttendanceForm(request.POST or None, meeting=found, initial=initial)
    if form.is_valid() and submit(form, services.record_attendance, found, by=request.user, **form.facts):
        messages.success(request, _("Attendance is kept."))
        return redirect("activities:meeting", pk)
    return render(request, "activities/record_attendance.html", {"meeting": found, "form": form})


@require(Permission.MEETING_RECORD)
def write_minutes(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"place": found.place, "minutes": found.minutes, "version": found.version}
    form = MinutesForm(request.POST or None, initial=initial)
    if form.is_valid() and submit(form, services.write_minutes, found, by=request.user, **form.facts):
        messages.success(request, _("The minutes are kept."))
        return redirect("activities:meeting", pk)
    return render(request, "activities/write_minutes.html", {"meeting": found, "form": form})


@require(Permission.DUES_COLLECT)
def collect(request, pk):
    """The collection sheet on one screen; what it comes to is shown before it is booked."""
    found = get_object_or_404(Meeting, pk=pk)
    form = CollectionForm(request.POST or None, rows=queries.collection_sheet(on=found.on))
    sums = None
    if form.is_valid():
        if "confirmed" in request.POST:
            count = submit(form, services.collect, found, by=request.user, collected=form.collected())
            if count:
                messages.success(
                    request,
                    _("{count} payments booked, {total} in cash. Each has its receipt.").format(
                        count=count, total=format_rupiah(form.sums()["total"])
                    ),
                )
                return redirect("activities:meeting", pk)
        elif "back" not in request.POST:
            sums = form.sums()
    return render(request, "activities/collect.html", {"meeting": found, "form": form, "sums": sums})


# -- dues ------------------------------------------------------------------------------------------------------------


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
        _say_received(request, paid[0].receipt)
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


def _say_received(request, receipt):
    messages.success(
        request,
        format_html(
            "{} <a href='{}'>{}</a>",
            _("Dues of {amount} received.").format(amount=format_rupiah(receipt.amount)),
            reverse("ledger:receipt", args=[receipt.pk]),
            _("Receipt {number} is ready to print.").format(number=receipt.number),
        ),
    )


# -- visits ----------------------------------------------------------------------------------------------------------


@require(Permission.VISIT_LIST)
def visits(request):
    rows = Visit.objects.select_related("member", "receipt").order_by("-on", "-pk")
    return render(request, "activities/visits.html", {"page": page_of(request, rows)})


@require(Permission.VISIT_RECORD)
def record_visit(request):
    form = VisitForm(request.POST or None, as_of=today())
    if form.is_valid():
        facts = form.facts
        if submit(form, services.record_visit, facts.pop("member"), by=request.user, **facts):
            messages.success(request, _("The visit is recorded."))
            return redirect("activities:visits")
    return render(request, "activities/record_visit.html", {"form": form})
