"""Money for a loan that is out of the books: income, never a reopened loan."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import claims
from loans.models import Loan, Recovery
from loans.refusals import LoanRefused, refuse_before
from loans.services.common import State, locked
from loans.services.disbursing import MONEY


@transaction.atomic
def recover(loan: Loan, *, amount: int, on: datetime.date, by: User, through: str = Recovery.Through.CASH) -> Recovery:
    """Receive money for a loan that was written off: one entry, one receipt, and the claim is smaller by it.

    Raises LoanRefused for the borrower as receiver, for more than is left of the claim, and for a day before the loan
    was written off. What closes the claim marks the loan as recovered; it stays written off.
    """
    loan = locked(loan, State.WRITTEN_OFF)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody receives a payment from themselves. Ask another officer."))
    refuse_before(on, loan.written_off_on)
    left = claims.claim(loan).left
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
        lines=[debit(MONEY[through], amount), credit(chart.RECOVERED_LOANS, amount, member=loan.member)],
        by=by,
    )
    audit.record("loan.recovered", loan, by=by, amount=amount, on=on)
    if amount == left:
        loan.settled_on = on
        loan.save(update_fields=["settled_on"])
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
    """Undo a receipt that was written down wrongly; by another officer than the one who received it."""
    loan = locked(recovery.loan, State.WRITTEN_OFF)
    recovery = Recovery.objects.select_for_update(no_key=True, of=["self"]).select_related("entry").get(pk=recovery.pk)
    if recovery.reversed_on:
        raise LoanRefused(_("This payment was reversed already."))
    if recovery.received_by_id == by.pk:
        raise LoanRefused(_("Whoever received a payment does not reverse it. Ask the chair or the other officer."))
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands in the books beside the reversal."), field="reason")
    refuse_before(on, recovery.received_on)
    ledger.reverse(recovery.entry, on=on, reason=reason, by=by)
    recovery.reversed_on, recovery.reversed_by, recovery.reversal_reason = on, by, reason
    recovery.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    if loan.settled_on:
        loan.settled_on = None
        loan.save(update_fields=["settled_on"])
    audit.record("loan.recovery_reversed", loan, by=by, amount=recovery.amount, reason=reason, on=on)
    return recovery
