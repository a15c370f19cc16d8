"""Receiving dues, reversing a payment, and waiving months."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import DuesPayment, DuesWaiver
from activities.queries import open_dues, span
from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.reversal import given_reason
from governance.models import Decision, DecisionKind
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Unit
from ledger.services import Posting, credit, debit
from members.models import Member
from savings import services as savings

MONTHS_AHEAD = 12
"""How far dues may be paid ahead."""


@transaction.atomic
def collect_dues(
    member: Member, *, months: int, on: datetime.date, by: User, channel: str = Channel.CASH
) -> list[DuesPayment]:
    """Receive the oldest `months` open months of a member's dues: one entry, one receipt, one payment a month.

    What the rules put aside of each month goes to the funds, the rest is income. From the voluntary savings and out
    of pay for work (`channel`) no money changes hands.

    Raises ActivityRefused for somebody who is no member on `on`, and for more months than are open until
    MONTHS_AHEAD months from `on`; SavingsRefused where the savings do not hold so much.
    """
    payments = _collect(member, months=months, on=on, by=by, channel=channel)
    if channel == Channel.SAVINGS:  # on the member's word alone; a standing order is told of by who carries it out
        text = _("{amount} of your voluntary savings paid: {what}. Tell the chair if you did not ask for it.")
        receipt = payments[0].receipt
        words = {"amount": format_rupiah(receipt.amount), "what": receipt.purpose}
        tell(payments[0].member.user, text.format(**words), url=reverse("activities:dues-of", args=[member.pk]))
    return payments


def _collect(member: Member, *, months: int, on: datetime.date, by: User, channel: str) -> list[DuesPayment]:
    """Entry, receipt and one payment a month; what of it comes out of the savings is taken there."""
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    dues = open_dues(member, as_of=on, ahead=MONTHS_AHEAD)
    if dues is None:
        raise ActivityRefused(
            _("{name} has no unpaid dues on {day}.").format(name=member.name, day=date_format(on, "j F Y"))
        )
    if not 1 <= months <= len(dues.months):
        raise ActivityRefused(
            _("Between 1 and {most} months can be paid, oldest first.").format(most=len(dues.months)), field="months"
        )
    _refuse_paid_later(member, dues.months[:months])
    amount = dues.cost(months)
    purpose = _("Dues {months}").format(months=span(dues.months[:months]))
    payments = [
        DuesPayment(
            pk=sql.next_pk(DuesPayment),
            member=member,
            month=month,
            amount=cost,
            to_social_fund=social,
            to_education_fund=education,
            channel=str(channel),
            on=on,
            by=by,
        )
        for month, cost, social, education in list(
            zip(dues.months, dues.amounts, dues.social, dues.education, strict=True)
        )[:months]
    ]
    entry = ledger.post_entry(
        unit=Unit.UMUM,
        on=on,
        reference=f"dues:{payments[0].pk}:received",
        memo=f"{purpose}: {member}",
        lines=[_paid_by(channel, amount, member), *shares(payments, member)],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="in", by=by
    )
    movement = None
    if channel == Channel.SAVINGS:
        movement = savings.withdraw(member, kind="voluntary", amount=amount, on=on, by=by, to=chart.INTER_UNIT)
    for payment in payments:
        payment.entry, payment.receipt, payment.movement = entry, receipt, movement
    DuesPayment.objects.bulk_create(payments)
    audit.record("dues.collected", member, by=by, amount=amount, months=purpose, receipt=receipt.number, on=on)
    return payments


@transaction.atomic
def pay_dues_from_savings(member: Member, *, on: datetime.date, by: User) -> int:
    """Every month of dues that is due, out of the voluntary savings (`standing.dues`); how much that was."""
    dues = open_dues(member, as_of=on)
    if dues is None or not dues.due_months:
        return 0
    _collect(member, months=dues.due_months, on=on, by=by, channel=Channel.SAVINGS)
    return dues.owed


def _paid_by(channel: str, amount: int, member: Member) -> Posting:
    """Where the dues come from: money, the other unit that keeps the savings, or what a maker is owed for work."""
    if channel == Channel.SETTLEMENT:
        return debit(chart.MAKERS_PAYABLE, amount, member=member)
    return debit(chart.INTER_UNIT if channel == Channel.SAVINGS else account_of(channel), amount)


def shares(payments: list[DuesPayment], member: Member) -> list[Posting]:
    """What becomes of the dues: the parts of the funds, and income of the general unit."""
    social, education = (
        sum(getattr(paid, name) for paid in payments) for name in ("to_social_fund", "to_education_fund")
    )
    income = sum(paid.amount for paid in payments) - social - education
    shares = ((chart.DUES, income), (chart.SOCIAL_FUND, social), (chart.EDUCATION_FUND, education))
    return [credit(code, part, member=member) for code, part in shares if part]


@transaction.atomic
def reverse_dues(payment: DuesPayment, *, on: datetime.date, reason: str, by: User) -> list[DuesPayment]:
    """Reverse a payment with every month on its receipt, and what it took from the savings.

    Not by the person who received it (four eyes).
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=payment.member_id)
    payments = list(
        DuesPayment.objects.filter(entry=payment.entry_id).select_related("entry", "receipt", "movement__member")
    )
    for paid in payments:
        changed = paid.mark_reversed(on=on, by=by, reason=reason, refused=ActivityRefused)
    DuesPayment.objects.bulk_update(payments, changed)
    first = payments[0]
    if first.movement:
        savings.reverse(first.movement, on=on, reason=reason, by=by)
    ledger.reverse(first.entry, on=on, reason=reason, by=by)
    amount = sum(paid.amount for paid in payments)
    audit.record("dues.reversed", member, by=by, amount=amount, receipt=first.receipt.number, reason=reason)
    return payments


@transaction.atomic
def waive_dues(
    member: Member,
    *,
    first_month: datetime.date,
    last_month: datetime.date,
    reason: str,
    decided_in: Decision,
    on: datetime.date,
    by: User,
) -> DuesWaiver:
    """Let a member off the dues of some months, as a decision says. What is paid already stays paid.

    Nobody waives the own dues. Raises ActivityRefused for months that end before they begin, more than
    MONTHS_AHEAD months ahead, and a day before the decision.
    """
    first_month, last_month = first_month.replace(day=1), last_month.replace(day=1)
    if member.user_id == by.pk:
        raise ActivityRefused(_("Nobody waives their own dues. Ask another officer."))
    if last_month < first_month:
        raise ActivityRefused(_("The last month cannot be before the first."), field="last_month")
    if (last_month.year - on.year) * 12 + last_month.month - on.month > MONTHS_AHEAD:
        raise ActivityRefused(_("Dues are waived at most a year ahead."), field="last_month")
    if decided_in.kind != DecisionKind.WAIVER or not decided_in.is_about(member):
        raise ActivityRefused(_("This decision is about something else."), field="decided_in")
    if on < decided_in.decided_on:
        raise ActivityRefused(_("The decision is of a later day."), field="decided_in")
    waiver = DuesWaiver.objects.create(
        member=member,
        first_month=first_month,
        last_month=last_month,
        reason=given_reason(reason, ActivityRefused),
        decided_in=decided_in,
        on=on,
        by=by,
    )
    months = span([first_month, last_month])
    audit.record("dues.waived", member, by=by, months=months, decision=decided_in.number, on=on)
    return waiver


@transaction.atomic
def end_waiver(waiver: DuesWaiver, *, on: datetime.date, reason: str, by: User) -> DuesWaiver:
    """Take a waiver back that was recorded wrongly: its months are owed again. Never by who recorded it."""
    waiver = DuesWaiver.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=waiver.pk)
    waiver.save(update_fields=waiver.mark_reversed(on=on, by=by, reason=reason, refused=ActivityRefused))
    months = span([waiver.first_month, waiver.last_month])
    audit.record("dues.waiver_reversed", waiver.member, by=by, months=months, reason=waiver.reversal_reason, on=on)
    return waiver


def _refuse_paid_later(member: Member, months) -> None:
    """A payment dated back must not take a month that was paid since."""
    taken = DuesPayment.objects.unreversed().filter(member=member, month__in=months).order_by("month").first()
    if taken:
        raise ActivityRefused(
            _("{month} was paid on {day} already. Use that day or a later one.").format(
                month=date_format(taken.month, "F Y"), day=date_format(taken.on, "j F Y")
            ),
            field="on",
        )
