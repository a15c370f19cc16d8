"""Meetings and who came, dues, visits. Money is booked in the general unit."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities import queries
from activities.models import Attendance, DuesPayment, Meeting, Visit
from core import audit, sql
from core.errors import Refused
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import services as loans
from loans.models import Loan
from members.models import Member
from savings import services as savings

MONTHS_AHEAD = 12
"""How far dues may be paid ahead."""


class ActivityRefused(Refused):
    pass


# -- meetings --------------------------------------------------------------------------------------------------------


@transaction.atomic
def hold_meeting(
    *, on: datetime.date, by: User, kind: str = Meeting.Kind.MONTHLY, place: str = "", minutes: str = ""
) -> Meeting:
    """Write down that the members met. One meeting a day."""
    if Meeting.objects.filter(on=on).exists():
        raise _second_meeting(on)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(on=on, kind=kind, place=place, minutes=minutes)
    except IntegrityError as error:
        raise _second_meeting(on) from error
    audit.record("meeting.held", meeting, by=by, on=on, kind=kind)
    return meeting


@transaction.atomic
def record_attendance(meeting: Meeting, *, members: Iterable[Member], by: User, version: int | None = None) -> Meeting:
    """Say who came: exactly `members`, whoever was written down before. `version` is that of the page.

    Raises ActivityRefused for a stale page and for somebody who was no member that day.
    """
    meeting = _locked(meeting, version)
    present = {member.pk for member in members}
    strangers = Member.objects.filter(pk__in=present).exclude(
        pk__in=Member.objects.entered(as_of=meeting.on).values("pk")
    )
    if stranger := strangers.first():
        raise ActivityRefused(
            _("{name} was not a member on {day}.").format(name=stranger.name, day=date_format(meeting.on, "j F Y"))
        )
    before = set(meeting.attendances.values_list("member_id", flat=True))
    meeting.attendances.filter(member__in=before - present).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member_id=pk) for pk in sorted(present - before))
    if present != before:
        _next_version(meeting)
        audit.record("meeting.attended", meeting, by=by, count=len(present), before=len(before))
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, *, minutes: str, place: str, version: int, by: User) -> Meeting:
    """Write or correct the minutes. Raises ActivityRefused when somebody else wrote since the page was opened."""
    meeting = _locked(meeting, version)
    meeting.minutes, meeting.place = minutes, place
    _next_version(meeting, "minutes", "place")
    audit.record("meeting.minuted", meeting, by=by)
    return meeting


# -- dues ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def collect_dues(member: Member, *, months: int, on: datetime.date, by: User) -> list[DuesPayment]:
    """Receive the oldest `months` open months of a member's dues: one entry, one receipt, one payment a month.

    Raises ActivityRefused for somebody who is no member on `on`, and for more months than are open until
    MONTHS_AHEAD months from `on`.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    dues = queries.open_dues(member, as_of=on, ahead=MONTHS_AHEAD)
    if dues is None:
        raise ActivityRefused(
            _("{name} has no open dues on {day}.").format(name=member.name, day=date_format(on, "j F Y"))
        )
    if not 1 <= months <= len(dues.months):
        raise ActivityRefused(
            _("Between 1 and {most} months can be paid, oldest first.").format(most=len(dues.months)), field="months"
        )
    _refuse_paid_later(member, dues.months[:months])
    amount = dues.cost(months)
    purpose = _("Dues {months}").format(months=span(dues.months[:months]))
    pks = [sql.next_pk(DuesPayment) for _month in range(months)]
    entry = ledger.post_entry(
        unit=Unit.UMUM,
        on=on,
        reference=f"dues:{pks[0]}:received",
        memo=f"{purpose}: {member}",
        lines=[debit(chart.CASH, amount), credit(chart.DUES, amount, member=member)],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="in", by=by
    )
    payments = DuesPayment.objects.bulk_create(
        DuesPayment(pk=pk, member=member, month=month, amount=cost, on=on, entry=entry, receipt=receipt)
        for pk, month, cost in zip(pks, dues.months, dues.amounts, strict=False)
    )
    audit.record("dues.collected", member, by=by, amount=amount, months=purpose, receipt=receipt.number, on=on)
    return payments


@transaction.atomic
def reverse_dues(payment: DuesPayment, *, on: datetime.date, reason: str, by: User) -> list[DuesPayment]:
    """Undo a payment with every month on its receipt. Not by the person who booked it (four eyes)."""
    member = Member.objects.select_for_update(no_key=True).get(pk=payment.member_id)
    payments = list(DuesPayment.objects.filter(entry=payment.entry_id).select_related("entry", "receipt"))
    if payments[0].reversed_in_id:
        raise ActivityRefused(_("This payment was reversed already."))
    if payments[0].entry.posted_by_id == by.pk:
        raise ActivityRefused(_("Whoever booked it does not reverse it. Ask the chair or the other officer."))
    if not reason.strip():
        raise ActivityRefused(_("Write down the reason, so that it can be followed later."), field="reason")
    entry = ledger.reverse(payments[0].entry, on=on, reason=reason, by=by)
    for paid in payments:
        paid.reversed_on, paid.reversed_in = on, entry
    DuesPayment.objects.bulk_update(payments, ["reversed_on", "reversed_in"])
    amount = sum(paid.amount for paid in payments)
    audit.record("dues.reversed", member, by=by, amount=amount, receipt=payments[0].receipt.number, reason=reason)
    return payments


# -- the collection at a meeting ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Collected:
    """What one member handed over at a meeting, by what it is for. `repayments` is rupiah per loan."""

    member: Member
    mandatory: int = 0
    voluntary: int = 0
    dues_months: int = 0
    repayments: dict[Loan, int] = field(default_factory=dict)


@transaction.atomic
def collect(meeting: Meeting, *, collected: Iterable[Collected], by: User) -> int:
    """Book what was collected at a meeting, dated that day: every payment with its own receipt, or none at all.

    Raises ActivityRefused with the member's name for the first payment that its own book refuses.
    """
    count = 0
    for row in collected:
        try:
            for loan, amount in row.repayments.items():
                loans.repay(loan, amount=amount, on=meeting.on, by=by)
            for kind, amount in (("mandatory", row.mandatory), ("voluntary", row.voluntary)):
                if amount:
                    savings.deposit(row.member, kind=kind, amount=amount, on=meeting.on, by=by)
            if row.dues_months:
                collect_dues(row.member, months=row.dues_months, on=meeting.on, by=by)
        except Refused as refusal:
            raise ActivityRefused(f"{row.member.name}: {refusal}") from refusal
        count += len(row.repayments) + bool(row.mandatory) + bool(row.voluntary) + bool(row.dues_months)
    if not count:
        raise ActivityRefused(_("Nothing is filled in yet. Write down what was received."))
    audit.record("meeting.collected", meeting, by=by, count=count)
    return count


# -- visits ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_visit(member: Member, *, reason: str, visitors: str, on: datetime.date, by: User, amount: int = 0) -> Visit:
    """Write down a visit to a member in need, and book what was given from the common cash."""
    entry = receipt = None
    pk = sql.next_pk(Visit)
    if amount:
        purpose = _("Visit: {reason}").format(reason=reason)
        entry = ledger.post_entry(
            unit=Unit.UMUM,
            on=on,
            reference=f"visit:{pk}:given",
            memo=f"{purpose}: {member}"[:200],
            lines=[debit(chart.SOLIDARITY, amount, member=member), credit(chart.CASH, amount)],
            by=by,
        )
        receipt = ledger.issue_receipt(
            entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="out", by=by
        )
    visit = Visit.objects.create(
        pk=pk, member=member, on=on, reason=reason, visitors=visitors, amount=amount, entry=entry, receipt=receipt
    )
    audit.record("visit.recorded", visit, by=by, amount=amount, on=on)
    return visit


# -- the steps they share --------------------------------------------------------------------------------------------


def span(months) -> str:
    """`October 2026` or `August 2026 to October 2026`."""
    first, last = (date_format(month, "F Y") for month in (months[0], months[-1]))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _locked(meeting: Meeting, version: int | None) -> Meeting:
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if version is not None and version != meeting.version:
        raise ActivityRefused(
            _("Somebody else has changed this since you opened the page. Open it anew and enter your changes again.")
        )
    return meeting


def _next_version(meeting: Meeting, *changed: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version", *changed])


def _second_meeting(on: datetime.date) -> ActivityRefused:
    return ActivityRefused(
        _("A meeting on {day} is recorded already. Open that one.").format(day=date_format(on, "j F Y")), field="on"
    )


def _refuse_paid_later(member: Member, months) -> None:
    """A payment dated back must not take a month that was paid since."""
    taken = DuesPayment.objects.standing().filter(member=member, month__in=months).order_by("month").first()
    if taken:
        raise ActivityRefused(
            _("{month} was paid on {day} already. Use that day or a later one.").format(
                month=date_format(taken.month, "F Y"), day=date_format(taken.on, "j F Y")
            ),
            field="on",
        )
