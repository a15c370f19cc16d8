"""Receiving what comes back, and undoing what was recorded wrongly."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Receipt, Unit
from loans import queries
from loans.arithmetic import replay
from loans.arithmetic.replay import Line, NotBeforeItIsDue, Outcome, Unacceptable
from loans.models import Loan, Repayment
from loans.services.common import VOLUNTARY, LoanRefused, State, locked, money_in, refuse_before
from loans.services.replay import keep, name_lines, of_loans, rework, sums
from loans.services.schedule import store_version
from members.models import Member
from savings import services as savings


@transaction.atomic
def repay(
    loan: Loan,
    *,
    amount: int,
    on: datetime.date,
    by: User,
    through: str = Channel.CASH,
    receipt: Receipt | None = None,
) -> Repayment:
    """Receive money for a loan: oldest instalment first, within it in the order of the rules, penalties included.

    One entry, and a receipt where money changes hands, or a part of `receipt`; the loan's row is locked. From savings
    the passbook gets its line; `through` SETTLEMENT takes the claim on the other unit, whose side the caller posts.
    What is more than is due does what the rules say; what closes the loan (`history.to_close`) closes it. A payment of
    an earlier day is put in its place, and the later ones are recalculated.

    Raises LoanRefused for more than is owed (with the exact amount), or than is due where the rules take nothing
    ahead; for a day before the disbursement, before a rescheduling or before an earlier correction; and for the
    borrower as receiver.
    """
    loan = locked(loan, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody receives a payment from themselves. Ask another officer."))
    refuse_before(on, loan.disbursed_on)
    terms, known = queries.agreement(loan), queries.schedules(loan)
    paid = queries.payments(loan, known)
    _refuse_before_a_change(on, paid, known)
    before, after = [row for row in paid if row.valued_on <= on], [row for row in paid if row.valued_on > on]
    lines = queries.lines(loan, known.after(before), before, known)
    outcome = _accepted(terms, lines, amount, on, known, is_new=through != Channel.DEPARTURE)
    repayment = _book(loan, outcome, amount=amount, on=on, by=by, through=through, receipt=receipt)
    lines = lines if outcome.lines is None else outcome.lines
    last, effective = rework(loan, terms, lines, after, known=known, since=on, by=by)
    _settle(loan, last or outcome, effective or on, by)
    return repayment


@transaction.atomic
def pay_off(loan: Loan, *, on: datetime.date, by: User, through: str = Channel.CASH) -> Repayment:
    """Close a loan in one step with what the early pay-off rule asks for on that day, neither more nor less."""
    loan = locked(loan, State.RUNNING)
    return repay(loan, amount=queries.to_close(loan, on=on).total, on=on, by=by, through=through)


@transaction.atomic
def repay_due_from_savings(member: Member, *, on: datetime.date, by: User) -> int:
    """All that is due on the member's loans, out of the voluntary savings (`standing.loan`); how much that was."""
    due = [(row.loan_id, row.due) for row in queries.due(as_of=on, member=member)]
    for pk, amount in due:
        repay(Loan.objects.get(pk=pk), amount=amount, on=on, by=by, through=Channel.SAVINGS)
    return sum(amount for _pk, amount in due)


def _accepted(terms, lines, amount, on, known, *, is_new) -> Outcome:
    """What is set off when somebody leaves is not `is_new`: it counts ahead where the rules take nothing ahead."""
    try:
        return replay.receive(terms, lines, amount, on=on, can_remake=known.can_remake, is_new=is_new)
    except NotBeforeItIsDue as error:
        closing = sum(debt.total for debt in replay.to_close(terms, lines, on=on))
        raise LoanRefused(
            _(
                "Only {due} is due now, and the rules take nothing ahead. Take that or less, or close the loan with "
                "{closing}."
            ).format(due=format_rupiah(error.most), closing=format_rupiah(closing)),
            field="amount",
        ) from error
    except Unacceptable as error:
        raise LoanRefused(
            _("Only {owed} is owed on this day. Take exactly that, or less.").format(owed=format_rupiah(error.most)),
            field="amount",
        ) from error


def _book(
    loan: Loan,
    outcome: Outcome,
    *,
    amount: int,
    on: datetime.date,
    by: User,
    through: str,
    receipt: Receipt | None = None,
) -> Repayment:
    """Entry, receipt or line in the passbook, the payment and its parts, the line in the trail."""
    pk, parts = sql.next_pk(Repayment), sums(outcome.parts)
    taken = None
    if through == Channel.SAVINGS:
        taken = savings.withdraw(loan.member, kind=VOLUNTARY, amount=amount, on=on, by=by, to=chart.TRANSFERS)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"repayment:{pk}:received",
        memo=_("Repayment of loan {number} by {name}").format(number=loan.number, name=loan.member.name),
        lines=[
            money_in(loan, through, amount),
            *(of_loans(kind, part, loan) for kind, part in parts.items() if part),
        ],
        by=by,
    )
    audit.record("loan.repaid", loan, by=by, amount=amount, on=on, **parts)
    if receipt:
        ledger.put_under([(receipt, entry, amount)])
    elif Channel(through).makes_receipt:
        receipt = ledger.issue_receipt(
            entry,
            party=loan.member.name,
            member=loan.member,
            purpose=_("Repayment of loan {number}").format(number=loan.number),
            amount=amount,
            direction="in",
            by=by,
        )
    facts = {"through": through, "received_by": by, "entry": entry, "receipt": receipt, "savings": taken}
    repayment = Repayment.objects.create(pk=pk, loan=loan, paid_on=on, valued_on=on, amount=amount, **facts)
    keep(loan, repayment, outcome, by=by)
    return repayment


def _settle(loan: Loan, last: Outcome | None, on: datetime.date | None, by: User) -> None:
    settled_on = on if last and last.closes else None
    if settled_on == loan.settled_on:
        return
    loan.settled_on = settled_on
    loan.save(update_fields=["settled_on"])
    if settled_on:
        audit.record("loan.settled", loan, by=by, on=settled_on)


@transaction.atomic
def reverse_repayment(
    repayment: Repayment, *, reason: str, on: datetime.date, by: User, with_settlement: bool = False
) -> Repayment:
    """Undo a payment that was recorded wrongly, whichever it was: the debt is as if it had not come.

    Later payments are recalculated from `on` on. Not by whoever received it (four eyes), and never after it
    was reversed once. What came from savings goes back into them. What came from a settlement is undone
    `with_settlement`, by the room that undoes its other side.
    """
    loan = locked(repayment.loan, State.RUNNING, State.SETTLED)
    root = Repayment.objects.select_related("savings__member").get(pk=repayment.replays_id or repayment.pk)
    if root.through == Channel.SETTLEMENT and not with_settlement:
        raise LoanRefused(_("This payment came from handed-over work. Reverse the settlement: both sides go together."))
    if root.through == Channel.DEPARTURE:
        raise LoanRefused(_("This was set off when the member left. It stays."))
    if root.received_by_id == by.pk:
        raise LoanRefused(_("Whoever received a payment does not reverse it. Ask the chair or the other officer."))
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands in the books beside the reversal."), field="reason")
    terms, known = queries.agreement(loan), queries.schedules(loan)
    paid = queries.payments(loan, known)
    row = next((row for row in paid if root.pk in (row.pk, row.replays_id)), None)
    if row is None:
        _refuse_gone(root, loan, known)
    refuse_before(on, max([row.paid_on, *(each.paid_on for each in paid if each.paid_on > each.valued_on)]))
    before = paid[: paid.index(row)]
    _undo(root, row, reason=reason, on=on, by=by)
    lines, later = _without(loan, row, before, paid, known, on=on, by=by)
    last, effective = rework(loan, terms, lines, later, known=known, since=on, by=by)
    _settle(loan, last, effective, by)
    audit.record("loan.repayment_reversed", loan, by=by, amount=root.amount, reason=reason, on=on)
    return row


def _undo(root: Repayment, row: Repayment, *, reason: str, on: datetime.date, by: User) -> None:
    """The entry of the payment and those that moved its split later, the line in the passbook, the row that counts."""
    for each in Repayment.objects.filter(pk=root.pk) | Repayment.objects.filter(replays=root):
        if each.entry:
            ledger.reverse(each.entry, on=on, reason=reason, by=by)
    if root.savings:
        savings.reverse(root.savings, on=on, reason=reason, by=by)
    row.reversed_on, row.reversed_by, row.reversal_reason = on, by, reason
    row.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])


def _without(loan, row, before, paid, known, *, on, by) -> tuple[list[Line], list[Repayment]]:
    """The lines as they were before `row`, and the payments to work out on them.

    Where a payment since made another schedule, the one before it is said once more, and everything that was paid
    on it as well: a schedule never comes back, it is only followed by the next.
    """
    version = known.after(before)
    if known.newest == version:
        return queries.lines(loan, version, before, known), paid[len(before) + 1 :]
    makers = [index for index, each in enumerate(before) if known.made_by.get(each.pk) == version]
    since = makers[-1] + 1 if makers else 0
    lines = queries.lines(loan, version, [], known)
    maker = before[makers[-1]] if makers else None
    stored = store_version(loan, lines, on=on, by=by, repayment=maker, restates=version)
    name_lines(lines, loan, stored.version)
    return lines, [each for each in paid[since:] if each.pk != row.pk]


def _refuse_gone(root: Repayment, loan: Loan, known: queries.Schedules) -> None:
    chain = Repayment.objects.filter(pk=root.pk) | Repayment.objects.filter(replays=root)
    if chain.unreversed().exists():
        raise LoanRefused(
            _("The loan was rescheduled on {day}. A payment before that day can no longer be undone.").format(
                day=date_format(known.rescheduled_on, "j F Y")
            )
        )
    raise LoanRefused(_("This payment was reversed already."))


def _refuse_before_a_change(on: datetime.date, paid: list[Repayment], known: queries.Schedules) -> None:
    """What was rescheduled or put right since stays as it is in the books."""
    if known.rescheduled_on and on < known.rescheduled_on:
        raise LoanRefused(
            _("The loan was rescheduled on {day}. Use that day or a later one.").format(
                day=date_format(known.rescheduled_on, "j F Y")
            ),
            field="on",
        )
    corrected = max((row.paid_on for row in paid if row.paid_on > row.valued_on), default=None)
    if corrected and on < corrected:
        raise LoanRefused(
            _("Payments of this loan were put right on {day}. Use that day or a later one.").format(
                day=date_format(corrected, "j F Y")
            ),
            field="on",
        )
