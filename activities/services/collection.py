"""What is collected at a meeting: posted for many members at once, reversed one by one, counted at the end."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Collection, CollectionCount, CollectionRules, DuesPayment
from activities.queries import cash_of, span, unpaid_dues
from activities.services.dues import reverse_dues, shares
from core import audit, sql
from core.errors import ManyRefused, Refused
from core.models import User
from core.money import format_rupiah
from core.reversal import given_reason
from governance.models import Meeting
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Entry, Receipt, Unit
from ledger.services import credit, debit
from loans import services as loans
from loans.models import Loan, Repayment
from loans.services import Instalment
from members.models import Member
from savings import services as savings
from savings.models import Movement
from savings.services import Deposit
from treasury.arithmetic import cash_count as pieces_of
from treasury.models import PaymentKind, PaymentRequest
from treasury.queries.spending import waiting_request
from treasury.services import pay

Kind = Movement.Kind


@dataclass(frozen=True)
class Collected:
    """What one member handed over at a meeting, by what it is for. `repayments` is rupiah per loan."""

    member: Member
    mandatory: int = 0
    voluntary: int = 0
    dues_months: int = 0
    repayments: dict[Loan, int] = field(default_factory=dict)
    channel: str = Channel.CASH


@dataclass
class _Row:
    """A row on its way into the books."""

    of: Collected
    member: Member
    months: Sequence[tuple[datetime.date, int, int, int]]
    """of dues: the month, what it costs, and what of that goes to the funds"""
    receipt: Receipt | None = None

    @property
    def dues(self) -> int:
        return sum(cost for _month, cost, _social, _education in self.months)

    @property
    def span(self) -> str:
        return span([month for month, *_costs in self.months])

    @property
    def amount(self) -> int:
        return self.of.mandatory + self.of.voluntary + self.dues + sum(self.of.repayments.values())

    @property
    def account(self) -> str:
        """What is debited in the unit of savings and loans."""
        return chart.TRANSFERS if self.of.channel == Channel.SAVINGS else account_of(self.of.channel)

    @property
    def purpose(self) -> str:
        parts = [
            *(_("loan {number}").format(number=loan.number) for loan in self.of.repayments),
            *([_("mandatory savings")] if self.of.mandatory else []),
            *([_("dues {months}").format(months=self.span)] if self.months else []),
            *([_("voluntary savings")] if self.of.voluntary else []),
        ]
        return _("Payment at the meeting: {parts}").format(parts=", ".join(parts))


@transaction.atomic
def collect(meeting: Meeting, *, collected: Sequence[Collected], by: User) -> list[Collection]:
    """Book what was handed over at a meeting, dated that day: all rows or none, one receipt a member.

    So many statements, however many members pay what is due; the rest goes one by one (`loans.repay_all`). Raises
    ActivityRefused where nothing is filled in or the sheet is closed, and ManyRefused with the sentence for each
    member whose row is not possible.
    """
    meeting = _locked(meeting.pk)
    _refuse_closed(meeting)
    if not collected:
        raise ActivityRefused(_("Nothing is filled in yet. Enter what was received."))
    list(_in_order(Loan, [loan.pk for row in collected for loan in row.repayments]))  # loans first, as `repay` does
    members = {member.pk: member for member in _in_order(Member, [row.member.pk for row in collected])}
    rows, refused = _rows(meeting, collected, members)
    if not refused:
        papers = [(row.member, row.purpose, row.amount) for row in rows]
        for row, receipt in zip(rows, ledger.issue_receipts(papers, direction="in", on=meeting.on, by=by), strict=True):
            row.receipt = receipt
        made, refused = _book(rows, meeting, by=by)
    if refused:
        raise ManyRefused(refused)
    amount = sum(row.amount for row in made)
    audit.record("meeting.collected", meeting, by=by, count=len(made), amount=amount)
    return made


def _in_order(model, pks):
    """Rows under lock, always in one order, so that two sheets wait for each other."""
    return model.objects.select_for_update(no_key=True, of=["self"]).filter(pk__in=pks).order_by("pk")


def _refuse_closed(meeting: Meeting) -> None:
    if waiting_request(PaymentKind.DIFFERENCE, meeting.pk):
        raise ActivityRefused(
            _("The money of this meeting was counted and the difference waits for a second approval. Answer it first.")
        )
    if CollectionCount.objects.filter(meeting=meeting).exists():
        raise ActivityRefused(
            _("The money of this meeting was counted and the sheet is closed. Receive what comes now in its own room.")
        )


def _rows(meeting, collected, members) -> tuple[list[_Row], dict[int, str]]:
    """The rows with the months that their dues pay, or the sentence for those that cannot be booked."""
    before = Collection.objects.unreversed().filter(meeting=meeting, member__in=members).select_related("receipt", "by")
    before = {row.member_id: row for row in before}
    due = {row.member_id: row for row in unpaid_dues(as_of=meeting.on)}
    later = DuesPayment.objects.unreversed().filter(member__in=members, on__gt=meeting.on)
    later = {(paid.member_id, paid.month): paid for paid in later}
    rows, refused = [], {}
    for each in collected:
        member = members[each.member.pk]
        dues = due.get(member.pk)
        months = list(zip(dues.months, dues.amounts, dues.social, dues.education, strict=True)) if dues else []
        row = _Row(each, member, months[: each.dues_months])
        rows.append(row)
        taken = next((later[member.pk, month] for month, *_costs in row.months if (member.pk, month) in later), None)
        if found := before.get(member.pk):
            refused[member.pk] = _("{by} has received {amount} on this sheet already: {receipt}.").format(
                by=found.by.name, amount=format_rupiah(found.amount), receipt=found.receipt.number
            )
        elif len(row.months) < each.dues_months:
            refused[member.pk] = _("Only {count} months of dues are open now.").format(count=len(row.months))
        elif taken:
            refused[member.pk] = _("{month} was paid on {day} already. Use that day or a later one.").format(
                month=date_format(taken.month, "F Y"), day=date_format(taken.on, "j F Y")
            )
        elif row.amount <= 0:
            refused[member.pk] = _("The amount must be more than zero.")
        elif each.channel == Channel.SAVINGS and each.voluntary:
            refused[member.pk] = _("Voluntary savings do not pay into themselves. Take the exact sum.")
    return rows, refused


def _book(rows: Sequence[_Row], meeting: Meeting, *, by: User) -> tuple[list[Collection], dict[int, str]]:
    """Every part in its room, under the receipt of its row. What one room refuses does not hide what another does."""
    facts, refused = {"on": meeting.on, "by": by}, {}

    def tried(work: Callable):
        try:
            return work()
        except ManyRefused as refusal:
            refused.update({pk: sentence for pk, sentence in refusal.rows.items() if pk not in refused})

    instalments = [
        Instalment(loan, amount, row.of.channel, row.receipt)
        for row in rows
        for loan, amount in row.of.repayments.items()
    ]
    deposits = [
        Deposit(row.member, kind, amount, row.account, row.receipt)
        for row in rows
        for kind, amount in ((Kind.MANDATORY, row.of.mandatory), (Kind.VOLUNTARY, row.of.voluntary))
        if amount
    ]
    tried(lambda: loans.repay_all(instalments, **facts))
    withdrawals = tried(lambda: _withdraw(rows, **facts))
    tried(lambda: savings.deposit_all(deposits, **facts))
    if refused:
        return [], refused
    pks = sql.next_pks(Collection, len(rows))
    bridges = _dues(rows, pks, withdrawals, **facts)
    made = Collection.objects.bulk_create(
        Collection(
            pk=pk,
            meeting=meeting,
            member=row.member,
            amount=row.amount,
            channel=row.of.channel,
            receipt=row.receipt,
            bridge=bridges.get(pk),
            withdrawal=withdrawals.get(row.member.pk, {}).get("mandatory"),
            **facts,
        )
        for pk, row in zip(pks, rows, strict=True)
    )
    return made, {}


def _withdraw(rows: Sequence[_Row], *, on: datetime.date, by: User) -> dict[int, dict[str, Movement]]:
    """What mandatory savings and dues take from voluntary savings, by member; instalments take theirs themselves."""
    made, refused = defaultdict(dict), {}
    for row in rows:
        if row.of.channel != Channel.SAVINGS:
            continue
        taken = (("mandatory", row.of.mandatory, chart.TRANSFERS), ("dues", row.dues, chart.INTER_UNIT))
        try:
            for name, amount, to in taken:
                if amount:
                    made[row.member.pk][name] = savings.withdraw(
                        row.member, kind=Kind.VOLUNTARY, amount=amount, on=on, by=by, to=to
                    )
        except Refused as refusal:
            refused[row.member.pk] = str(refusal)
    if refused:
        raise ManyRefused(refused)
    return made


def _dues(rows: Sequence[_Row], pks: Sequence[int], taken: dict, *, on: datetime.date, by: User) -> dict[int, Entry]:
    """Entries and payments of dues in the general unit, and by the key of its row what hands them over to it.

    The money is in the general unit's own cash, or has arrived in the unit of savings and loans.
    """
    paying = {pk: row for pk, row in zip(pks, rows, strict=True) if row.months}
    keys = iter(sql.next_pks(DuesPayment, sum(len(row.months) for row in paying.values())))
    payments = {
        pk: [
            DuesPayment(
                pk=next(keys),
                member=row.member,
                month=month,
                amount=cost,
                to_social_fund=social,
                to_education_fund=education,
                channel=str(row.of.channel),
                movement=taken.get(row.member.pk, {}).get("dues"),
                receipt=row.receipt,
                on=on,
                by=by,
            )
            for month, cost, social, education in row.months
        ]
        for pk, row in paying.items()
    }
    purpose = {pk: _("Dues {months}").format(months=row.span) for pk, row in paying.items()}
    memo = {pk: f"{purpose[pk]}: {row.member}" for pk, row in paying.items()}
    received = {pk: f"dues:{months[0].pk}:received" for pk, months in payments.items()}
    handed = {
        pk: f"collection:{pk}:dues"
        for pk, row in paying.items()
        if row.of.channel not in (Channel.CASH, Channel.SAVINGS)
    }
    entries = ledger.post_many(
        [
            (
                received[pk],
                memo[pk],
                [
                    debit(chart.CASH if row.of.channel == Channel.CASH else chart.INTER_UNIT, row.dues),
                    *shares(payments[pk], row.member),
                ],
            )
            for pk, row in paying.items()
        ],
        unit=Unit.UMUM,
        on=on,
        by=by,
    )
    bridges = ledger.post_many(
        [
            (
                handed[pk],
                memo[pk],
                [debit(paying[pk].account, paying[pk].dues), credit(chart.INTER_UNIT, paying[pk].dues)],
            )
            for pk in handed
        ],
        unit=Unit.USP,
        on=on,
        by=by,
    )
    for pk, months in payments.items():
        for payment in months:
            payment.entry = entries[received[pk]]
    DuesPayment.objects.bulk_create(payment for months in payments.values() for payment in months)
    ledger.put_under((row.receipt, entries[received[pk]], row.dues) for pk, row in paying.items())
    trail = [
        (row.member, {"amount": row.dues, "months": purpose[pk], "receipt": row.receipt.number, "on": on})
        for pk, row in paying.items()
    ]
    audit.record_all("dues.collected", trail, by=by)
    return {pk: bridges[reference] for pk, reference in handed.items()}


@transaction.atomic
def reverse_collection(row: Collection, *, on: datetime.date, reason: str, by: User) -> Collection:
    """Reverse what a member handed over, with every part that still stands. Not by the person who received it."""
    _locked(row.meeting_id)
    facts = {"on": on, "reason": reason, "by": by}
    payments = Repayment.objects.filter(receipt=row.receipt_id).select_related("loan")
    for paid in payments.order_by("-pk"):
        if Repayment.objects.unreversed().filter(pk=paid.pk).exists() or paid.replayed.unreversed().exists():
            loans.reverse_repayment(paid, **facts)
    row = (
        Collection.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member", "receipt", "meeting", "bridge", "withdrawal")
        .get(pk=row.pk)
    )
    changed = row.mark_reversed(on=on, by=by, reason=reason, refused=ActivityRefused)
    for dues in DuesPayment.objects.unreversed().filter(receipt=row.receipt_id).order_by("pk")[:1]:
        reverse_dues(dues, **facts)
        if row.bridge:
            ledger.reverse(row.bridge, **facts)
    for movement in Movement.objects.filter(receipt=row.receipt_id, reversed_by=None, reverses=None).order_by("pk"):
        savings.reverse(movement, **facts)
    if row.withdrawal and not Movement.objects.filter(reverses=row.withdrawal).exists():
        savings.reverse(row.withdrawal, **facts)
    row.save(update_fields=changed)
    audit.record("meeting.collection_reversed", row.meeting, by=by, what=str(row), amount=row.amount, reason=reason)
    return row


@transaction.atomic
def count_collection(
    meeting: Meeting, *, pieces: dict[int, int], witness: str, reason: str = "", by: User
) -> CollectionCount | PaymentRequest:
    """Count the cash of a meeting, book the difference with its reason, and close the sheet.

    A difference above what one officer books alone, missing or over, waits for a second approval; the sheet takes
    nothing meanwhile. Raises ActivityRefused without a witness, where `by` is the witness, where a difference has no
    reason, and where it was counted before.
    """
    meeting = _locked(meeting.pk)
    _refuse_closed(meeting)
    if not witness.strip() or witness.strip() == by.name:
        raise ActivityRefused(_("Somebody else counts along. Name the witness."), field="witness")
    expected, counted = cash_of(meeting), pieces_of.total(pieces)
    difference = counted - expected
    facts = {
        "meeting": meeting.pk,
        "pieces": {str(value): count for value, count in pieces.items() if count},
        "expected": expected,
        "counted": counted,
        "witness": witness.strip(),
    }
    if not difference:
        return _close(by=by, **facts)
    reason = given_reason(reason, ActivityRefused)
    said = _("missing at the count") if difference < 0 else _("too much at the count")
    return pay(
        PaymentKind.DIFFERENCE,
        amount=abs(difference),
        channel=Channel.CASH,
        payee=str(meeting),
        purpose=f"{said}: {reason}",
        on=meeting.on,
        by=by,
        about=meeting.pk,
        reason=reason,
        **facts,
    )


@transaction.atomic
def post_difference(
    *, meeting: int, expected: int, counted: int, reason: str, on: datetime.date, by: User, amount: int, **facts
) -> CollectionCount:
    """Book the difference of a count and close the sheet: the hook `payments.difference`.

    Raises ActivityRefused where a receipt was reversed since: the difference is another one now.
    """
    found = _locked(meeting)
    if cash_of(found) != expected:
        raise ActivityRefused(
            _(
                "A receipt of this meeting was reversed since the count, so the difference is another one. "
                "Decline it and count again."
            )
        )
    over = counted > expected
    first, second = (chart.CASH, chart.CASH_DIFFERENCES) if over else (chart.CASH_DIFFERENCES, chart.CASH)
    entry = ledger.post_entry(
        unit=CollectionRules.objects.current(found.on).difference_unit,
        on=on,
        reference=f"collection:{meeting}:difference",
        memo=_("Cash difference at the meeting: {reason}").format(reason=reason)[:200],
        lines=[debit(first, amount), credit(second, amount)],
        by=by,
    )
    facts = {name: facts[name] for name in ("pieces", "witness")}
    return _close(meeting=meeting, expected=expected, counted=counted, reason=reason, entry=entry, by=by, **facts)


def _close(*, meeting: int, expected: int, counted: int, by: User, reason: str = "", **facts) -> CollectionCount:
    count = CollectionCount.objects.create(
        meeting_id=meeting,
        expected=expected,
        counted=counted,
        difference=counted - expected,
        reason=reason,
        by=by,
        **facts,
    )
    words = {"counted": format_rupiah(counted), "expected": format_rupiah(expected), "difference": count.difference}
    audit.record("meeting.counted", count.meeting, by=by, reason=reason, **words)
    return count


def _locked(meeting: int) -> Meeting:
    """Under lock, so that one sheet is posted, corrected and counted after the other."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting)
