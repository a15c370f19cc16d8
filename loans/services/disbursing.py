"""Paying an approved loan out, and the schedule that follows from it."""

import datetime
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import queries, telling
from loans.models import Loan
from loans.refusals import (
    LoanRefused,
    refuse_above_ceiling,
    refuse_before,
    refuse_stranger,
    refuse_without_guarantors,
)
from loans.schedule import Row
from loans.services.common import VOLUNTARY, State, locked, unless_zero
from savings import services as savings

MONEY = {
    Loan.Through.CASH: chart.CASH,
    Loan.Through.BANK: chart.BANK,
    Loan.Through.SAVINGS: chart.TRANSFERS,
    Loan.Through.SETTLEMENT: chart.INTER_UNIT,
    Loan.Through.LEAVING: chart.FORMER_MEMBERS_PAYABLE,
}
"""What a payment moves: money in hand, the passbook beside it, the claim on the other unit, or what a

former member would get."""


@transaction.atomic
def disburse(
    loan: Loan,
    *,
    on: datetime.date,
    by: User,
    first_due_on: datetime.date | None = None,
    through: str = Loan.Through.CASH,
) -> Loan:
    """Pay out an approved loan net of its fees: schedule, one entry, and a receipt or a line in the passbook.

    Raises LoanRefused for the borrower and for whoever approved it (four eyes), for a first due date that does not
    follow the disbursement, and for a way that no loan is paid out.
    """
    loan = locked(loan, State.APPROVED)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody pays a loan out to themselves. Ask another officer."))
    if loan.approvals.filter(by=by).exists():
        raise LoanRefused(_("You approved this loan, so somebody else must pay it out (four eyes)."))
    refuse_before(on, loan.approved_on)
    refuse_stranger(loan.member, on)
    refuse_without_guarantors(loan, on)
    refuse_above_ceiling(loan, on)
    if first_due_on is not None and first_due_on <= on:
        raise LoanRefused(_("The first instalment falls due after the day of disbursement."), field="first_due_on")
    if through in (Loan.Through.SETTLEMENT, Loan.Through.LEAVING):
        raise LoanRefused(_("A loan is paid out in cash, by bank or into savings."), field="through")
    loan.disbursed_on, loan.disbursed_by, loan.first_due_on, loan.through = on, by, first_due_on, through
    loan.administration_fee = loan.rules.administration_fee
    loan.provision = loan.rules.provision(loan.principal)
    loan.entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"loan:{loan.pk}:disbursed",
        memo=_("Loan {number} to {name}").format(number=loan.number, name=loan.member.name),
        lines=[
            debit(chart.LOANS_RECEIVABLE, loan.principal, member=loan.member),
            *unless_zero(credit, chart.ADMINISTRATION_FEES, loan.administration_fee),
            *unless_zero(credit, chart.PROVISION_FEES, loan.provision),
            credit(MONEY[through], loan.net),
        ],
        by=by,
    )
    store_schedules([(loan, queries.plan(loan).rows)])
    audit.record("loan.disbursed", loan, by=by, on=on, principal=loan.principal, fees=loan.fees, net=loan.net)
    telling.disbursed(loan)
    if through == Loan.Through.SAVINGS:
        loan.savings = savings.deposit(
            loan.member, kind=VOLUNTARY, amount=loan.net, on=on, by=by, against=chart.TRANSFERS
        )
    else:
        loan.receipt = ledger.issue_receipt(
            loan.entry,
            party=loan.member.name,
            member=loan.member,
            purpose=_("Loan {number}").format(number=loan.number),
            amount=loan.net,
            direction="out",
            by=by,
        )
    loan.save(
        update_fields=[
            "disbursed_on",
            "disbursed_by",
            "first_due_on",
            "administration_fee",
            "provision",
            "entry",
            "through",
            "receipt",
            "savings",
        ]
    )
    return loan


COLUMNS = ("loan_id", "version", "number", "due_on", "principal", "interest", "fee")
TYPES = ("int8", "int2", "int2", "date", "int8", "int8", "int8")
INTO_INSTALMENTS = f"COPY loans_instalment ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"


def store_schedules(schedules: Sequence[tuple[Loan, Sequence[Row]]], *, version: int = 1) -> None:
    """Write the instalments of one loan or of a hundred thousand in one statement, the quickest that there is."""
    with connection.cursor() as cursor, cursor.copy(INTO_INSTALMENTS) as copy:
        copy.set_types(TYPES)
        for loan, rows in schedules:
            for row in rows:
                copy.write_row((loan.pk, version, row.number, row.due_on, row.principal, row.interest, row.fee))
