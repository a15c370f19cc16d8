"""Asking for a loan, taking the application back, and the answers of the guarantors."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from loans import notifications, queries
from loans.models import Guarantor, Loan, LoanProduct
from loans.queries import eligibility, shares
from loans.services.common import LoanRefused, State, locked, locked_people, refuse_before, written_down
from loans.services.guarantee import refuse_guarantors
from loans.services.product import rules_on
from members.models import Member


@transaction.atomic
def apply(
    member: Member,
    *,
    product: LoanProduct,
    principal: int,
    instalments: int,
    purpose: str,
    on: datetime.date,
    by: User,
    guarantors: Sequence[Member] = (),
) -> Loan:
    """Apply for a loan under the rules in force on `on`; by the member, or by an officer on the member's word.

    The rows of borrower and guarantors are locked, so two applications at once count each other. Raises LoanRefused
    with the first rules that fail, and for guarantors who are too few, the borrower, no members, or promised to
    others already.
    """
    member, guarantors = locked_people(member, guarantors)
    if member.user_id != by.pk and not by.can(Permission.LOAN_LIST):
        raise LoanRefused(_("You can apply for a loan for yourself only."))
    rules = rules_on(product, on)
    failed = [
        check
        for check in eligibility(
            member, product=product, principal=principal, instalments=instalments, purpose=purpose, as_of=on
        )
        if not check.passed
    ]
    if failed:
        raise LoanRefused(
            _("The loan cannot be applied for yet.") + " " + " ".join(check.explanation for check in failed)
        )
    refuse_guarantors(member, guarantors, rules, principal, on)
    loan = written_down(
        member, rules=rules, principal=principal, instalments=instalments, purpose=purpose, on=on, by=by
    )
    asked = Guarantor.objects.bulk_create(
        Guarantor(loan=loan, member=guarantor, amount=share)
        for guarantor, share in zip(guarantors, shares(principal, guarantors), strict=True)
    )
    audit.record("loan.applied", loan, by=by, member=member, principal=principal, instalments=instalments, on=on)
    notifications.applied(loan, asked, is_related=queries.office_of(member, as_of=on) is not None)
    return loan


@transaction.atomic
def withdraw(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Take an application back before money flows; by the borrower or whoever wrote it down."""
    loan = locked(loan, State.WAITING, State.APPROVED)
    if by.pk not in (loan.member.user_id, loan.applied_by_id):
        raise LoanRefused(_("Only the borrower, or whoever recorded the application, can withdraw it."))
    refuse_before(on, loan.approved_on or loan.applied_on)
    loan.withdrawn_on = on
    loan.save(update_fields=["withdrawn_on"])
    audit.record("loan.withdrawn", loan, by=by, on=on)
    return loan
