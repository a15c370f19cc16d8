"""Writing a loan off while the claim continues, what is recovered later, and the end of the claim."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from governance.models import Decision, DecisionKind
from governance.services import require
from governance.services.ladder import end_ladder
from ledger import chart
from ledger import queries as books
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Account, Period, Unit
from ledger.services import credit, debit
from loans import notifications, queries
from loans.models import Loan, Recovery, WriteOff
from loans.queries import last_payment
from loans.services.common import LoanRefused, State, locked, money_in, refuse_before, unless_zero

MEMBERS = (Decision.Organ.MEMBERS_MEETING, Decision.Organ.ANNUAL_MEETING)


@transaction.atomic
def propose_write_off(
    loan: Loan, *, kind: str, decision: Decision, reason: str, on: datetime.date, by: User
) -> WriteOff:
    """Propose to take a loan out of the books, or to end the claim on one that is out; another officer carries it out.

    Raises LoanRefused for the borrower, for a decision that is later or of the wrong organ (only the members end a
    claim), without a reason, and while another proposal waits.
    """
    loan = locked(loan, State.RUNNING if kind == WriteOff.Kind.BOOKS else State.WRITTEN_OFF)
    _refuse_borrower(loan, by)
    detail = kind if decision.detail else ""
    require(decision, kind=DecisionKind.WRITE_OFF, subject=loan, detail=detail, on=on)
    if kind == WriteOff.Kind.CLAIM and decision.organ not in MEMBERS:
        raise LoanRefused(
            _("Only the members' meeting ends a claim. Name its decision, or ask for one."), field="decision"
        )
    if kind == WriteOff.Kind.CLAIM and not queries.claim(loan).left:
        raise LoanRefused(_("Nothing is left of this claim."))
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands in the books beside the write-off."), field="reason")
    if loan.write_offs.filter(kind=kind, dropped_on=None).exists():
        raise LoanRefused(_("This was proposed already and waits for another officer."))
    proposal = WriteOff.objects.create(
        loan=loan, kind=kind, decision=decision, reason=reason.strip(), proposed_on=on, proposed_by=by
    )
    audit.record("loan.write_off_proposed", loan, by=by, kind=kind, decision=decision, reason=reason, on=on)
    return proposal


def decided(loan: Loan, *, decision: Decision, start: datetime.date, on: datetime.date, by: User) -> WriteOff:
    """The members passed it: by one click, proposed to another officer, who carries it out."""
    kind = decision.detail or WriteOff.Kind.BOOKS
    return propose_write_off(loan, kind=kind, decision=decision, reason=decision.text[:300], on=start, by=by)


@transaction.atomic
def drop_write_off(proposal: WriteOff, *, on: datetime.date, by: User) -> WriteOff:
    """Drop a proposal before it is carried out; by any officer but the borrower."""
    loan = locked(proposal.loan, State.RUNNING, State.WRITTEN_OFF)
    _refuse_borrower(loan, by)
    proposal = _waiting(proposal)
    refuse_before(on, proposal.proposed_on)
    proposal.dropped_on, proposal.dropped_by = on, by
    proposal.save(update_fields=["dropped_on", "dropped_by"])
    audit.record("loan.write_off_dropped", loan, by=by, on=on)
    return proposal


@transaction.atomic
def write_off(proposal: WriteOff, *, on: datetime.date, by: User) -> WriteOff:
    """Take a loan out of the books (hapus buku): its principal against the allowance, and against the expense where

    the allowance is short. The claim stays as high as the debt is on `on`, with interest due and penalty. Raises
    LoanRefused for whoever proposed it, and for a day before the last payment or the last month-end run.
    """
    loan = locked(proposal.loan, State.RUNNING)
    proposal = _to_carry_out(proposal, loan, WriteOff.Kind.BOOKS, on, by)
    if last := last_payment(loan):
        refuse_before(on, last.paid_on)
    owed = queries.position(loan, as_of=on)
    allowance = _allowance_held(on)
    proposal.done_on, proposal.done_by = on, by
    proposal.principal, proposal.penalty = owed.principal, owed.penalty
    proposal.interest = sum(row.owed_interest for row in owed.rows if row.due_on <= on)
    proposal.claim = proposal.principal + proposal.interest + proposal.penalty
    proposal.from_allowance = max(0, min(allowance, owed.principal))
    if owed.principal:
        proposal.entry = ledger.post_entry(
            unit=Unit.USP,
            on=on,
            reference=f"loan:{loan.pk}:written-off",
            memo=_("Loan {number} of {name} written off: {decision}").format(
                number=loan.number, name=loan.member.name, decision=proposal.decision.number
            ),
            lines=[
                *unless_zero(debit, chart.LOAN_LOSS_ALLOWANCE, proposal.from_allowance),
                *unless_zero(debit, chart.LOAN_LOSSES, owed.principal - proposal.from_allowance),
                credit(chart.LOANS_RECEIVABLE, owed.principal, member=loan.member),
            ],
            by=by,
        )
    proposal.save(
        update_fields=["done_on", "done_by", "principal", "interest", "penalty", "claim", "from_allowance", "entry"]
    )
    loan.written_off_on = on
    loan.save(update_fields=["written_off_on"])
    audit.record("loan.written_off", loan, by=by, amount=proposal.claim, decision=proposal.decision, on=on)
    end_ladder(f"loan:{loan.pk}", text=_("{title}: the loan is written off; the claim goes on."), on=on)
    notifications.written_off(loan, proposal.claim)
    return proposal


@transaction.atomic
def forgive(proposal: WriteOff, *, on: datetime.date, by: User) -> WriteOff:
    """End what is left of a claim (hapus tagih). Nothing is posted: the loan is out of the books since it was written

    off. By another officer than the one who proposed it.
    """
    loan = locked(proposal.loan, State.WRITTEN_OFF)
    proposal = _to_carry_out(proposal, loan, WriteOff.Kind.CLAIM, on, by)
    refuse_before(on, loan.written_off_on)
    left = queries.claim(loan).left
    if not left:
        raise LoanRefused(_("Nothing is left of this claim."))
    if last := loan.recoveries.unreversed().order_by("-received_on").first():
        refuse_before(on, last.received_on)
    proposal.done_on, proposal.done_by, proposal.claim = on, by, left
    proposal.save(update_fields=["done_on", "done_by", "claim"])
    loan.forgiven_on = on
    loan.save(update_fields=["forgiven_on"])
    audit.record("loan.forgiven", loan, by=by, amount=left, decision=proposal.decision, on=on)
    notifications.forgiven(loan, left)
    return proposal


def _refuse_borrower(loan: Loan, by: User) -> None:
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody writes off their own debt. Ask another officer."))


def _waiting(proposal: WriteOff) -> WriteOff:
    proposal = (
        WriteOff.objects.select_for_update(no_key=True, of=["self"]).select_related("decision").get(pk=proposal.pk)
    )
    if proposal.done_on or proposal.dropped_on:
        raise LoanRefused(_("This proposal was carried out or dropped already."))
    return proposal


def _to_carry_out(proposal: WriteOff, loan: Loan, kind: str, on: datetime.date, by: User) -> WriteOff:
    _refuse_borrower(loan, by)
    proposal = _waiting(proposal)
    if proposal.kind != kind:
        raise LoanRefused(_("This proposal was carried out or dropped already."))
    if proposal.proposed_by_id == by.pk:
        raise LoanRefused(_("You proposed this, so another officer must carry it out (four eyes)."))
    refuse_before(on, proposal.proposed_on)
    return proposal


def _allowance_held(on: datetime.date) -> int:
    """What stands on the allowance, held until the end of the transaction: the month first, as the month-end run does,

    then the account, so that two write-offs do not spend the same rupiah.
    """
    if period := Period.objects.filter(unit=Unit.USP, month=on.replace(day=1)).first():
        ledger.lock_month(period)
    Account.objects.select_for_update(no_key=True).get(unit=Unit.USP, code=chart.LOAN_LOSS_ALLOWANCE)
    run = queries.last_provision(as_of=datetime.date.max)
    if run and on <= run.on:
        raise LoanRefused(
            _("The allowance of {day} is posted. Write the loan off on a later day.").format(
                day=date_format(run.on, "j F Y")
            ),
            field="on",
        )
    return books.account_balance(Unit.USP, chart.LOAN_LOSS_ALLOWANCE, as_of=datetime.date.max)


@transaction.atomic
def recover(loan: Loan, *, amount: int, on: datetime.date, by: User, through: str = Channel.CASH) -> Recovery:
    """Receive money for a loan that was written off: one entry, one receipt, and the claim is smaller by it.

    What is set off when somebody leaves has no receipt: the settlement on leaving is its paper. What closes the claim
    marks the loan as recovered; it stays written off. Raises LoanRefused for the borrower as receiver, for more than is
    left of the claim, and for a day before the loan was written off.
    """
    loan = locked(loan, State.WRITTEN_OFF)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody receives a payment from themselves. Ask another officer."))
    refuse_before(on, loan.written_off_on)
    left = queries.claim(loan).left
    if amount > left:
        raise LoanRefused(
            _("Only {left} is left of this claim. Take exactly that, or less.").format(left=format_rupiah(left)),
            field="amount",
        )
    pk = sql.next_pk(Recovery)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"recovery:{pk}:received",
        memo=_("Received for the written-off loan {number} of {name}").format(
            number=loan.number, name=loan.member.name
        ),
        lines=[money_in(loan, through, amount), credit(chart.RECOVERED_LOANS, amount, member=loan.member)],
        by=by,
    )
    audit.record("loan.recovered", loan, by=by, amount=amount, on=on)
    if amount == left:
        loan.settled_on = on
        loan.save(update_fields=["settled_on"])
    receipt = None
    if Channel(through).makes_receipt:
        receipt = ledger.issue_receipt(
            entry,
            party=loan.member.name,
            member=loan.member,
            purpose=_("Payment for the written-off loan {number}").format(number=loan.number),
            amount=amount,
            direction="in",
            by=by,
        )
    return Recovery.objects.create(
        pk=pk, loan=loan, received_on=on, amount=amount, through=through, received_by=by, entry=entry, receipt=receipt
    )


@transaction.atomic
def reverse_recovery(recovery: Recovery, *, reason: str, on: datetime.date, by: User) -> Recovery:
    """Undo a receipt that was recorded wrongly; by another officer than the one who received it."""
    loan = locked(recovery.loan, State.WRITTEN_OFF)
    recovery = Recovery.objects.select_for_update(no_key=True, of=["self"]).select_related("entry").get(pk=recovery.pk)
    if recovery.through == Channel.DEPARTURE:
        raise LoanRefused(_("This was set off when the member left. It stays."))
    changed = recovery.mark_reversed(on=on, by=by, reason=reason, refused=LoanRefused)
    ledger.reverse(recovery.entry, on=on, reason=reason, by=by)
    recovery.save(update_fields=changed)
    if loan.settled_on:
        loan.settled_on = None
        loan.save(update_fields=["settled_on"])
    audit.record("loan.recovery_reversed", loan, by=by, amount=recovery.amount, reason=reason, on=on)
    return recovery
