"""Taking over loans that ran before these books began."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import queries
from loans.models import Loan, LoanApproval, LoanProduct
from loans.services.common import LoanRefused, refuse_stranger, written_down
from loans.services.product import rules_on
from loans.services.schedule import store_schedules
from members.models import Member


@transaction.atomic
def carry_over(
    member: Member,
    *,
    product: LoanProduct,
    principal: int,
    instalments: int,
    first_due_on: datetime.date,
    purpose: str,
    on: datetime.date,
    approved_by: User,
    by: User,
) -> Loan:
    """Write the rest of a loan of the old books into these as a running loan, against the opening account (3901).

    `principal` is what is still owed, `instalments` how many are left, under the rules of the product in force on
    `on`. No fee is taken and no money moves. The limits for new loans do not apply: the loan is there already.
    """
    refuse_stranger(member, on)
    rules = rules_on(product, on)
    if principal <= 0 or instalments <= 0:
        raise LoanRefused(_("What is still owed and the instalments left must be more than zero."))
    if first_due_on <= on:
        raise LoanRefused(_("The next instalment falls due after the day of taking over."), field="first_due_on")
    if member.user_id in (by.pk, approved_by.pk):
        raise LoanRefused(_("Nobody decides on a loan of their own. Ask another officer."))
    loan = written_down(
        member, rules=rules, principal=principal, instalments=instalments, purpose=purpose, on=on, by=by
    )
    LoanApproval.objects.create(loan=loan, by=approved_by, on=on)
    loan.approved_on = loan.disbursed_on = on
    loan.disbursed_by, loan.first_due_on = by, first_due_on
    loan.entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"loan:{loan.pk}:carried",
        memo=_("Loan {number} of {name} from the previous books").format(number=loan.number, name=member.name),
        lines=[
            debit(chart.LOANS_RECEIVABLE, principal, member=member),
            credit(chart.OPENING_BALANCES, principal),
        ],
        by=by,
    )
    loan.save(update_fields=["approved_on", "disbursed_on", "disbursed_by", "first_due_on", "entry"])
    store_schedules([(loan, queries.plan(loan).rows)])
    audit.record("loan.carried", loan, by=by, member=member, principal=principal, on=on)
    return loan
