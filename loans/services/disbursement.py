"""Paying an approved loan out."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.channels import PAYING, Channel
from ledger.models import Unit
from ledger.services import credit, debit
from loans import notifications, queries
from loans.models import Loan
from loans.services.common import (
    VOLUNTARY,
    LoanRefused,
    State,
    locked,
    moved,
    refuse_before,
    refuse_stranger,
    unless_zero,
)
from loans.services.guarantee import refuse_without_guarantors
from loans.services.related_party import refuse_above_ceiling
from loans.services.schedule import store_schedules
from savings import services as savings


@transaction.atomic
def disburse(
    loan: Loan,
    *,
    on: datetime.date,
    by: User,
    first_due_on: datetime.date | None = None,
    through: str = Channel.CASH,
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
    if through not in (*PAYING, Channel.SAVINGS):
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
            credit(moved(through), loan.net),
        ],
        by=by,
    )
    store_schedules([(loan, queries.plan(loan).rows)])
    audit.record("loan.disbursed", loan, by=by, on=on, principal=loan.principal, fees=loan.fees, net=loan.net)
    notifications.disbursed(loan)
    if through == Channel.SAVINGS:
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
