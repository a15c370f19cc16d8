"""Asking for a loan, taking the application back, and the answers of the guarantors."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from ledger import services as ledger
from loans import queries, telling
from loans.eligibility import eligibility
from loans.models import Guarantor, Loan
from loans.refusals import (
    LoanRefused,
    refuse_before,
    refuse_guarantors,
    rules_on,
    shares,
)
from loans.rules import LoanProduct
from loans.services.common import State, asked, locked, locked_people
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
        for check in eligibility(member, product=product, principal=principal, instalments=instalments, as_of=on)
        if not check.passed
    ]
    if failed:
        raise LoanRefused(
            _("The loan cannot be applied for yet.") + " " + " ".join(check.explanation for check in failed)
        )
    refuse_guarantors(member, guarantors, rules, principal, on)
    loan = Loan.objects.create(
        number=f"PJ-{on.year}-{ledger.next_number('PJ', on=on):04}",
        member=member,
        rules=rules,
        principal=principal,
        instalments=instalments,
        purpose=purpose,
        applied_on=on,
        applied_by=by,
    )
    asked = Guarantor.objects.bulk_create(
        Guarantor(loan=loan, member=guarantor, amount=share)
        for guarantor, share in zip(guarantors, shares(principal, guarantors), strict=True)
    )
    audit.record("loan.applied", loan, by=by, member=member, principal=principal, instalments=instalments, on=on)
    telling.applied(loan, asked)
    return loan


@transaction.atomic
def withdraw(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Take an application back before money flows; by the borrower or whoever wrote it down."""
    loan = locked(loan, State.WAITING, State.APPROVED)
    if by.pk not in (loan.member.user_id, loan.applied_by_id):
        raise LoanRefused(_("Only the borrower, or whoever wrote the application down, can take it back."))
    refuse_before(on, loan.approved_on or loan.applied_on)
    loan.withdrawn_on = on
    loan.save(update_fields=["withdrawn_on"])
    audit.record("loan.withdrawn", loan, by=by, on=on)
    return loan


@transaction.atomic
def consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say yes to standing for a loan. Nobody says it for somebody else.

    Raises LoanRefused when it was answered, when the loan is no longer waiting, or when own savings do not reach.
    """
    guarantor, loan = asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    capacity = queries.guarantee_capacity(guarantor.member, loan.rules, as_of=on)
    if capacity is not None and capacity < 0:
        raise LoanRefused(_("Your savings no longer reach for this guarantee. Answer no, or save more first."))
    guarantor.consented_on = on
    guarantor.save(update_fields=["consented_on"])
    audit.record("loan.guaranteed", loan, by=by, amount=guarantor.amount, on=on)
    telling.guaranteed(guarantor)
    return guarantor


@transaction.atomic
def decline(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say no to standing for a loan; no reason is asked for."""
    guarantor, loan = asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    guarantor.declined_on = on
    guarantor.save(update_fields=["declined_on"])
    audit.record("loan.guarantee_declined", loan, by=by, on=on)
    telling.declined(guarantor)
    return guarantor
