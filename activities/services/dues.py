"""Receiving dues, and reversing a payment."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import DuesPayment
from activities.queries import open_dues, span
from core import audit, sql
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from members.models import Member

MONTHS_AHEAD = 12
"""How far dues may be paid ahead."""


@transaction.atomic
def collect_dues(
    member: Member, *, months: int, on: datetime.date, by: User, against: str = chart.CASH
) -> list[DuesPayment]:
    """Receive the oldest `months` open months of a member's dues: one entry, one receipt, one payment a month.

    `against` is the account debited: cash, or what the cooperative holds for the member, who is then named there.

    Raises ActivityRefused for somebody who is no member on `on`, and for more months than are open until
    MONTHS_AHEAD months from `on`.
    """
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
    pks = [sql.next_pk(DuesPayment) for _month in range(months)]
    entry = ledger.post_entry(
        unit=Unit.UMUM,
        on=on,
        reference=f"dues:{pks[0]}:received",
        memo=f"{purpose}: {member}",
        lines=[
            debit(against, amount, member=None if against == chart.CASH else member),
            credit(chart.DUES, amount, member=member),
        ],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="in", by=by
    )
    payments = DuesPayment.objects.bulk_create(
        DuesPayment(pk=pk, member=member, month=month, amount=cost, on=on, by=by, entry=entry, receipt=receipt)
        for pk, month, cost in zip(pks, dues.months, dues.amounts, strict=False)
    )
    audit.record("dues.collected", member, by=by, amount=amount, months=purpose, receipt=receipt.number, on=on)
    return payments


@transaction.atomic
def reverse_dues(payment: DuesPayment, *, on: datetime.date, reason: str, by: User) -> list[DuesPayment]:
    """Reverse a payment with every month on its receipt. Not by the person who received it (four eyes)."""
    member = Member.objects.select_for_update(no_key=True).get(pk=payment.member_id)
    payments = list(DuesPayment.objects.filter(entry=payment.entry_id).select_related("entry", "receipt"))
    for paid in payments:
        changed = paid.mark_reversed(on=on, by=by, reason=reason, refused=ActivityRefused)
    DuesPayment.objects.bulk_update(payments, changed)
    ledger.reverse(payments[0].entry, on=on, reason=reason, by=by)
    amount = sum(paid.amount for paid in payments)
    audit.record("dues.reversed", member, by=by, amount=amount, receipt=payments[0].receipt.number, reason=reason)
    return payments


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
