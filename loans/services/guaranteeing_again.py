"""New terms on which more is owed: whoever stands for the loan is asked again, and nobody's promise grows by itself."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import split
from loans import guarantees, renewing, telling
from loans.models import Guarantor, Loan, RenewedGuarantee, Restructuring
from loans.refusals import LoanRefused, refuse_before, refuse_guarantor, refuse_overpromised
from loans.services.common import State, locked, locked_people
from members.models import Member


def standing(loan: Loan, on: datetime.date) -> list[Guarantor]:
    """Whoever stands for a loan and is still a member, in the order in which they were asked."""
    rows = loan.guarantors.standing(as_of=on).select_related("member__user").order_by("pk")
    return [row for row in rows if not row.member.has_left(on=on)]


def ask_again(proposal: Restructuring, *, on: datetime.date) -> list[RenewedGuarantee]:
    """Ask everybody who stands for the loan for their share of the higher sum. The caller holds them locked.

    The sum is the most that the terms can come to: carried out on their last day, with the interest until then. Raises
    LoanRefused for somebody whose savings do not reach for it.
    """
    loan, there = proposal.loan, standing(proposal.loan, on)
    needed = loan.rules.guarantors_needed
    if not needed:
        return []
    shares = split(renewing.most_owed(proposal), [1] * max(needed, len(there)))
    asked = []
    for guarantor, share in zip(there, shares, strict=False):
        refuse_guarantor(loan.member, guarantor.member, loan.rules, share, on, standing=guarantor.amount)
        asked.append(RenewedGuarantee(restructuring=proposal, member=guarantor.member, amount=share, asked_on=on))
    RenewedGuarantee.objects.bulk_create(asked)
    for row in asked:
        telling.asked_again(row)
    return asked


@transaction.atomic
def ask_another(proposal: Restructuring, *, guarantor: Member, on: datetime.date, by: User) -> RenewedGuarantee:
    """Ask a further member to stand for the part of the higher sum that is open: nobody was asked, or said no."""
    borrower, [guarantor] = locked_people(proposal.loan.member, [guarantor])
    loan = locked(proposal.loan, State.RUNNING)
    proposal = _waiting(proposal)
    refuse_before(on, proposal.proposed_on)
    most = guarantees.open_part(proposal, renewing.most_owed(proposal))
    if not loan.rules.guarantors_needed or not proposal.raises or most <= 0:
        raise LoanRefused(_("The whole sum is backed already. Nobody else is needed."))
    if loan.guarantors.filter(member=guarantor).exists():
        raise LoanRefused(_("{name} was asked before. Name another member.").format(name=guarantor.name))
    refuse_guarantor(borrower, guarantor, loan.rules, most, on)
    try:
        with transaction.atomic():
            asked = RenewedGuarantee.objects.create(restructuring=proposal, member=guarantor, amount=most, asked_on=on)
    except IntegrityError as error:
        raise LoanRefused(
            _("{name} was asked before. Name another member.").format(name=guarantor.name), field="guarantor"
        ) from error
    audit.record("loan.guarantor_asked", loan, by=by, name=guarantor.name, amount=most, on=on)
    telling.asked_again(asked)
    return asked


@transaction.atomic
def consent_again(row: RenewedGuarantee, *, on: datetime.date, by: User) -> RenewedGuarantee:
    """Say yes to the share of the higher sum, oneself. Raises LoanRefused where own savings do not reach."""
    row, loan = _asked(row, on, by)
    refuse_overpromised(row.member, loan.rules, on)
    row.consented_on = on
    row.save(update_fields=["consented_on"])
    audit.record("loan.guaranteed_again", loan, by=by, amount=row.amount, on=on)
    telling.guaranteed_again(row)
    return row


@transaction.atomic
def decline_again(row: RenewedGuarantee, *, on: datetime.date, by: User) -> RenewedGuarantee:
    """Say no to the higher sum; what was promised before stays promised."""
    row, loan = _asked(row, on, by)
    row.declined_on = on
    row.save(update_fields=["declined_on"])
    audit.record("loan.guarantee_again_declined", loan, by=by, on=on)
    telling.declined_again(row)
    return row


def refuse_without_their_yes(proposal: Restructuring, on: datetime.date) -> None:
    needed = proposal.loan.rules.guarantors_needed
    if not proposal.raises or not needed:
        return
    consented = guarantees.backed_again(proposal, as_of=on)
    if consented < needed:
        raise LoanRefused(
            _(
                "{consented} of {needed} guarantors have said yes to the higher sum. Wait for their answer, or ask "
                "another member."
            ).format(consented=consented, needed=needed)
        )


def take_over(proposal: Restructuring, *, on: datetime.date) -> None:
    """From the day the terms are carried out, whoever said yes stands for the share of the higher sum."""
    for row in proposal.guarantees.filter(consented_on__isnull=False):
        Guarantor.objects.update_or_create(
            loan=proposal.loan,
            member_id=row.member_id,
            defaults={"amount": row.amount},
            create_defaults={"amount": row.amount, "consented_on": row.consented_on},
        )


def _waiting(proposal: Restructuring) -> Restructuring:
    rows = Restructuring.objects.select_for_update(no_key=True, of=["self"]).select_related("loan__rules")
    proposal = rows.get(pk=proposal.pk)
    if proposal.done_on or proposal.dropped_on:
        raise LoanRefused(_("These terms were carried out or dropped already."))
    return proposal


def _asked(row: RenewedGuarantee, on: datetime.date, by: User) -> tuple[RenewedGuarantee, Loan]:
    loan = locked(row.restructuring.loan, State.RUNNING)
    _waiting(row.restructuring)
    rows = RenewedGuarantee.objects.select_for_update(no_key=True, of=["self"])
    row = rows.select_related("member__user", "restructuring__loan__member").get(pk=row.pk)
    if row.member.user_id != by.pk:
        raise LoanRefused(_("Only {name} can answer this.").format(name=row.member.name))
    if row.consented_on or row.declined_on:
        raise LoanRefused(_("You have answered this request already."))
    refuse_before(on, row.asked_on)
    return row, loan
