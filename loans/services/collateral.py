"""Pledging things for a loan, saying how much of them counts, and giving them back when nothing is owed."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission
from core.services import store
from core.uploads import Upload
from loans.models import Collateral, Loan
from loans.services.common import LoanRefused, State, locked, refuse_before
from members.models import Member
from savings import services as savings


@transaction.atomic
def pledge(
    loan: Loan,
    *,
    kind: str,
    description: str,
    value_estimated: int,
    on: datetime.date,
    by: User,
    paper: Upload | None = None,
) -> Collateral:
    """Record what the borrower leaves as collateral, with a photo of it; by the borrower, or by an officer.

    Savings are blocked with it. The borrower may add while the application waits; an officer at any time until the
    loan is over.
    """
    loan = locked(loan, State.WAITING, State.APPROVED, State.RUNNING)
    refuse_before(on, loan.applied_on)
    if loan.member.user_id == by.pk:
        if loan.state != State.WAITING:
            raise LoanRefused(_("The application is decided. Bring further collateral to an officer."))
    elif not by.can(Permission.COLLATERAL_KEEP):
        raise LoanRefused(_("You can pledge something for your own loan only."))
    block = None
    if kind == Collateral.Kind.SAVINGS:
        reason = _("Collateral for loan {number}").format(number=loan.number)
        block = savings.block(loan.member, amount=value_estimated, reason=reason, on=on, by=by)
    collateral = Collateral.objects.create(
        loan=loan,
        kind=kind,
        description=description,
        value_estimated=value_estimated,
        paper=store(paper, by=by) if paper else None,
        block=block,
        added_on=on,
        added_by=by,
    )
    audit.record("loan.pledged", loan, by=by, what=str(collateral), amount=value_estimated, on=on)
    return collateral


@transaction.atomic
def value_collateral(collateral: Collateral, *, value_counted: int, on: datetime.date, by: User) -> Collateral:
    """Say how much of the estimated value counts, after looking at it; an officer other than the borrower."""
    collateral, loan = _held(collateral, State.WAITING, State.APPROVED, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody values their own collateral. Ask another officer."))
    refuse_before(on, collateral.added_on)
    if value_counted > collateral.value_estimated:
        raise LoanRefused(
            _("At most the estimated value counts: {most}.").format(most=format_rupiah(collateral.value_estimated)),
            field="value_counted",
        )
    collateral.value_counted, collateral.counted_on, collateral.counted_by = value_counted, on, by
    collateral.save(update_fields=["value_counted", "counted_on", "counted_by"])
    audit.record("loan.collateral_valued", loan, by=by, what=str(collateral), amount=value_counted, on=on)
    return collateral


@transaction.atomic
def return_collateral(collateral: Collateral, *, on: datetime.date, by: User) -> Collateral:
    """Give back what was pledged, once the loan is paid off or never came about."""
    collateral, loan = _held(collateral, State.SETTLED, State.REFUSED, State.WITHDRAWN)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody hands collateral back to themselves. Ask another officer."))
    refuse_before(on, loan.settled_on or loan.refused_on or loan.withdrawn_on)
    collateral.returned_on, collateral.returned_by = on, by
    collateral.save(update_fields=["returned_on", "returned_by"])
    if collateral.block:
        savings.unblock(collateral.block, on=on, by=by)
    audit.record("loan.collateral_returned", loan, by=by, what=str(collateral), on=on)
    return collateral


@transaction.atomic
def set_off_collateral(member: Member, *, on: datetime.date, by: User) -> None:
    """Free the savings blocked for the member's own loans, to be set off against them when the membership ends."""
    held = Collateral.objects.select_for_update(no_key=True, of=["self"]).held()
    for collateral in held.filter(loan__member=member, block__isnull=False).select_related("block__member", "loan"):
        collateral.returned_on, collateral.returned_by = on, by
        collateral.save(update_fields=["returned_on", "returned_by"])
        savings.unblock(collateral.block, on=on, by=by)
        audit.record("loan.collateral_set_off", collateral.loan, by=by, what=str(collateral), on=on)


def _held(collateral: Collateral, *states: str) -> tuple[Collateral, Loan]:
    loan = locked(collateral.loan, *states)
    rows = Collateral.objects.select_for_update(no_key=True, of=["self"]).select_related("block__member")
    collateral = rows.get(pk=collateral.pk)
    if collateral.returned_on:
        raise LoanRefused(_("This was given back already."))
    return collateral, loan
