"""Receiving what comes back, and undoing what was written down wrongly."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import queries
from loans.allocation import allocate
from loans.models import Loan, Repayment, RepaymentPart
from loans.refusals import (
    LoanRefused,
    last_payment,
    refuse_before,
)
from loans.services.common import VOLUNTARY, State, locked, unless_zero
from loans.services.disbursing import MONEY
from savings import services as savings

KINDS = ("principal", "interest", "fee", "penalty")


@transaction.atomic
def repay(loan: Loan, *, amount: int, on: datetime.date, by: User, through: str = Loan.Through.CASH) -> Repayment:
    """Receive money for a loan: oldest instalment first, within it in the order of the rules, penalties included.

    One entry, and a receipt where money changes hands; the loan's row is locked. From savings the passbook gets its
    line; `through` SETTLEMENT takes the claim on the other unit, whose side the caller posts. Raises LoanRefused for
    more than is owed (with the exact amount), for a day before the disbursement or before a payment that came since,
    and for the borrower as receiver.
    """
    loan = locked(loan, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody receives a payment from themselves. Ask another officer."))
    refuse_before(on, loan.disbursed_on)
    last = last_payment(loan)
    if last and on < last.paid_on:
        raise LoanRefused(
            _("A later payment of {day} is in the books. Use that day or a later one, or reverse it first.").format(
                day=date_format(last.paid_on, "j F Y")
            ),
            field="on",
        )
    owed = queries.position(loan, as_of=on)
    parts, rest = allocate(amount, owed.debts, order=loan.rules.allocation_order, across=loan.rules.allocation_across)
    if rest or not parts:
        raise LoanRefused(
            _("Only {owed} is owed on this day. Take exactly that, or less.").format(owed=format_rupiah(owed.total)),
            field="amount",
        )
    principal, interest, fee, penalty = (sum(getattr(part, kind) for part in parts) for kind in KINDS)
    pk = sql.next_pk(Repayment)
    taken = None
    if through == Loan.Through.SAVINGS:
        taken = savings.withdraw(loan.member, kind=VOLUNTARY, amount=amount, on=on, by=by, to=chart.TRANSFERS)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"repayment:{pk}:received",
        memo=_("Repayment of loan {number} by {name}").format(number=loan.number, name=loan.member.name),
        lines=[
            debit(MONEY[through], amount),
            *unless_zero(credit, chart.LOANS_RECEIVABLE, principal, member=loan.member),
            *unless_zero(credit, chart.LOAN_INTEREST, interest),
            *unless_zero(credit, chart.ADMINISTRATION_FEES, fee),
            *unless_zero(credit, chart.PENALTIES, penalty),
        ],
        by=by,
    )
    audit.record(
        "loan.repaid", loan, by=by, amount=amount, principal=principal, interest=interest, penalty=penalty, on=on
    )
    if amount == owed.total:
        loan.settled_on = on
        loan.save(update_fields=["settled_on"])
        audit.record("loan.settled", loan, by=by, on=on)
    receipt = None
    if through in Loan.BY_HAND:
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
    repayment = Repayment.objects.create(pk=pk, loan=loan, paid_on=on, amount=amount, **facts)
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment=repayment,
            instalment_id=part.key,
            principal=part.principal,
            interest=part.interest,
            fee=part.fee,
            penalty=part.penalty,
        )
        for part in parts
    )
    return repayment


@transaction.atomic
def reverse_repayment(
    repayment: Repayment, *, reason: str, on: datetime.date, by: User, with_settlement: bool = False
) -> Repayment:
    """Undo a payment that was written down wrongly: the debt is back as if it had not come. The last one first.

    Not by whoever received it (four eyes), and never after it was reversed once. What came from savings goes back
    into them. What came from a settlement is undone `with_settlement`, by the room that undoes its other side.
    """
    loan = locked(repayment.loan, State.RUNNING, State.SETTLED)
    repayment = (
        Repayment.objects.select_for_update(no_key=True, of=["self"])
        .select_related("entry", "savings__member")
        .get(pk=repayment.pk)
    )
    if repayment.reversed_on:
        raise LoanRefused(_("This payment was reversed already."))
    if repayment.through == Loan.Through.SETTLEMENT and not with_settlement:
        raise LoanRefused(_("This payment came from handed-over work. Reverse the settlement: both sides go together."))
    if repayment.received_by_id == by.pk:
        raise LoanRefused(_("Whoever received a payment does not reverse it. Ask the chair or the other officer."))
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands in the books beside the reversal."), field="reason")
    if last_payment(loan).pk != repayment.pk:
        raise LoanRefused(_("A later payment was settled after this one. Reverse the later one first."))
    refuse_before(on, repayment.paid_on)
    ledger.reverse(repayment.entry, on=on, reason=reason, by=by)
    if repayment.savings:
        savings.reverse(repayment.savings, on=on, reason=reason, by=by)
    repayment.reversed_on, repayment.reversed_by, repayment.reversal_reason = on, by, reason
    repayment.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    if loan.settled_on:
        loan.settled_on = None
        loan.save(update_fields=["settled_on"])
    audit.record("loan.repayment_reversed", loan, by=by, amount=repayment.amount, reason=reason, on=on)
    return repayment
