"""Standing for somebody's loan: being asked, saying yes or no, taking the yes back, and somebody else standing in."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah, split
from core.permissions import Permission
from loans import notifications, queries
from loans.models import Guarantor, Loan, LoanRules, RenewedGuarantee, Restructuring
from loans.services.common import LoanRefused, State, locked, locked_people, refuse_before, waiting_restructuring
from members.models import Member


def refuse_guarantors(
    member: Member, guarantors: Sequence[Member], rules: LoanRules, principal: int, on: datetime.date
) -> None:
    needed = rules.guarantors_needed
    if len(set(guarantors)) < needed:
        raise LoanRefused(
            _("This loan needs {count} guarantors. Name members who will guarantee it.").format(count=needed),
            field="guarantors",
        )
    for guarantor, share in zip(guarantors, queries.shares(principal, guarantors), strict=True):
        refuse_guarantor(member, guarantor, rules, share, on)


def refuse_guarantor(
    borrower: Member, guarantor: Member, rules: LoanRules, share: int, on: datetime.date, *, standing: int = 0
) -> None:
    """What a guarantor has saved or promised is nobody else's business: the refusal names the share alone.

    `standing` is the part of the share that they guarantee already.
    """
    if guarantor.pk == borrower.pk:
        raise LoanRefused(_("Nobody guarantees their own loan. Name another member."), field="guarantors")
    if not guarantor.belongs(on=on):
        raise LoanRefused(
            _("{name} is not a member. Name another guarantor.").format(name=guarantor.name), field="guarantors"
        )
    capacity = queries.guarantee_capacity(guarantor, rules, as_of=on)
    if capacity is not None and capacity < share - standing:
        raise LoanRefused(
            _("{name} cannot guarantee a share of {share} now. Name another guarantor, or more of them.").format(
                name=guarantor.name, share=format_rupiah(share)
            ),
            field="guarantors",
        )


def refuse_overpromised(guarantor: Member, rules: LoanRules, on: datetime.date) -> None:
    """Whoever is about to say yes and has promised more than own savings reach for; they are told so themselves."""
    capacity = queries.guarantee_capacity(guarantor, rules, as_of=on)
    if capacity is not None and capacity < 0:
        raise LoanRefused(_("Your savings no longer cover this guarantee. Answer no, or save more first."))


def refuse_without_guarantors(loan: Loan, on: datetime.date) -> None:
    """Those who said yes and have left since do not count before the loan is paid out."""
    standing = loan.guarantors.standing(as_of=on).select_related("member")
    consented = sum(1 for each in standing if not each.member.has_left(on=on))
    if consented < loan.rules.guarantors_needed:
        raise LoanRefused(
            _("{consented} of {needed} guarantors have said yes. Wait for their answer.").format(
                consented=consented, needed=loan.rules.guarantors_needed
            )
        )


LIVE = (State.WAITING, State.APPROVED, State.RUNNING)


@transaction.atomic
def ask_guarantor(loan: Loan, *, guarantor: Member, on: datetime.date, by: User) -> Guarantor:
    """Ask one more member to guarantee the part of the loan nobody guarantees; by the borrower or an officer.

    Raises LoanRefused where the whole loan is backed, and for somebody who cannot guarantee that part.
    """
    borrower, [guarantor] = locked_people(loan.member, [guarantor])
    loan = locked(loan, *LIVE)
    if loan.member.user_id != by.pk and not by.can(Permission.LOAN_LIST):
        raise LoanRefused(_("You can ask somebody for your own loan only."))
    refuse_before(on, loan.applied_on)
    backed = loan.guarantors.filter(declined_on=None, ended_on=None, member__left_on=None)
    open_part = loan.principal - backed.aggregate(sum=Sum("amount", default=0))["sum"]
    if open_part <= 0:
        raise LoanRefused(_("The whole loan is guaranteed already. Nobody else is needed."))
    refuse_guarantor(borrower, guarantor, loan.rules, open_part, on)
    asked = _ask_once(Guarantor(loan=loan, member=guarantor, amount=open_part))
    audit.record("loan.guarantor_asked", loan, by=by, name=guarantor.name, amount=open_part, on=on)
    notifications.asked(asked)
    return asked


@transaction.atomic
def consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say yes to standing for a loan. Nobody says it for somebody else.

    Raises LoanRefused when it was answered, when the loan is over, or when own savings do not cover it.
    """
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    refuse_overpromised(guarantor.member, loan.rules, on)
    audit.record("loan.guaranteed", loan, by=by, amount=guarantor.amount, on=on)
    return _answer(guarantor, "consented_on", on, notifications.guaranteed)


@transaction.atomic
def decline(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say no to standing for a loan; no reason is asked for."""
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    audit.record("loan.guarantee_declined", loan, by=by, on=on)
    return _answer(guarantor, "declined_on", on, notifications.declined)


@transaction.atomic
def take_back_consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Take one's yes back, as long as the loan is not decided on: afterwards others have relied on it."""
    guarantor, loan = _answered(guarantor, *LIVE)
    _refuse_others(guarantor, by)
    if loan.state != State.WAITING:
        raise LoanRefused(_("The loan was approved on your word. Talk to the board: somebody else can take over."))
    return _end(guarantor, loan, Guarantor.Ending.WITHDREW, on, by, action="loan.guarantee_taken_back")


@transaction.atomic
def release_guarantor(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Release a guarantor once others who said yes guarantee the whole loan; by an officer who is no party to it.

    Who left the cooperative stays bound until then: the promise outlives the membership.
    """
    guarantor, loan = _answered(guarantor, *LIVE)
    if by.pk in (loan.member.user_id, guarantor.member.user_id):
        raise LoanRefused(_("Borrower and guarantor do not decide on this. Ask another officer."))
    others = loan.guarantors.standing(as_of=on).exclude(pk=guarantor.pk).filter(member__left_on=None)
    if others.count() < loan.rules.guarantors_needed:
        raise LoanRefused(_("Somebody else must take over first: ask another member, and wait for the yes."))
    ending = Guarantor.Ending.LEFT if guarantor.member.has_left(on=on) else Guarantor.Ending.REPLACED
    return _end(guarantor, loan, ending, on, by, action="loan.guarantor_released")


def _end(guarantor, loan, ending, on, by, *, action) -> Guarantor:
    refuse_before(on, guarantor.consented_on)
    guarantor.ended_on, guarantor.ending = on, ending
    guarantor.save(update_fields=["ended_on", "ending"])
    audit.record(action, loan, by=by, name=guarantor.member.name, amount=guarantor.amount, on=on)
    notifications.guarantee_ended(guarantor)
    return guarantor


def _ask_once(row: Guarantor | RenewedGuarantee) -> Guarantor | RenewedGuarantee:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise LoanRefused(
            _("{name} was asked before. Name another member.").format(name=row.member.name), field="guarantor"
        ) from error
    return row


def _refuse_others(row: Guarantor | RenewedGuarantee, by: User) -> None:
    if row.member.user_id != by.pk:
        raise LoanRefused(_("Only {name} can answer this.").format(name=row.member.name))


def _refuse_answer(row: Guarantor | RenewedGuarantee, by: User) -> None:
    _refuse_others(row, by)
    if row.consented_on or row.declined_on:
        raise LoanRefused(_("You have answered this request already."))


def _answer(row, answer: str, on: datetime.date, tell) -> Guarantor | RenewedGuarantee:
    setattr(row, answer, on)
    row.save(update_fields=[answer])
    tell(row)
    return row


def _asked(guarantor: Guarantor, by: User) -> tuple[Guarantor, Loan]:
    guarantor, loan = _locked(guarantor, *LIVE)
    _refuse_answer(guarantor, by)
    return guarantor, loan


def _answered(guarantor: Guarantor, *states: str) -> tuple[Guarantor, Loan]:
    guarantor, loan = _locked(guarantor, *states)
    if not guarantor.consented_on or guarantor.ended_on:
        raise LoanRefused(_("{name} does not guarantee this loan.").format(name=guarantor.member.name))
    return guarantor, loan


def _locked(guarantor: Guarantor, *states: str) -> tuple[Guarantor, Loan]:
    loan = locked(guarantor.loan, *states)
    rows = Guarantor.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    return rows.get(pk=guarantor.pk), loan


def ask_again(proposal: Restructuring, *, on: datetime.date) -> list[RenewedGuarantee]:
    """Ask everybody who guarantees the loan for their share of the higher amount. The caller holds them locked.

    The sum is the most that the terms can come to: carried out on their last day, with the interest until then. Raises
    LoanRefused for somebody whose savings do not cover it.
    """
    loan, there = proposal.loan, queries.guarantors_standing(proposal.loan, on)
    needed = loan.rules.guarantors_needed
    if not needed:
        return []
    shares = split(queries.most_owed(proposal), [1] * max(needed, len(there)))
    asked = []
    for guarantor, share in zip(there, shares, strict=False):
        refuse_guarantor(loan.member, guarantor.member, loan.rules, share, on, standing=guarantor.amount)
        asked.append(RenewedGuarantee(restructuring=proposal, member=guarantor.member, amount=share, asked_on=on))
    RenewedGuarantee.objects.bulk_create(asked)
    for row in asked:
        notifications.asked_again(row)
    return asked


@transaction.atomic
def ask_another_guarantor(
    proposal: Restructuring, *, guarantor: Member, on: datetime.date, by: User
) -> RenewedGuarantee:
    """Ask a further member to guarantee the part of the higher amount that is open: nobody was asked, or said no."""
    borrower, [guarantor] = locked_people(proposal.loan.member, [guarantor])
    loan = locked(proposal.loan, State.RUNNING)
    proposal = waiting_restructuring(proposal)
    refuse_before(on, proposal.proposed_on)
    most = queries.open_part(proposal, queries.most_owed(proposal))
    if not loan.rules.guarantors_needed or not proposal.raises or most <= 0:
        raise LoanRefused(_("The whole amount is guaranteed already. Nobody else is needed."))
    if loan.guarantors.filter(member=guarantor).exists():
        raise LoanRefused(_("{name} was asked before. Name another member.").format(name=guarantor.name))
    refuse_guarantor(borrower, guarantor, loan.rules, most, on)
    asked = _ask_once(RenewedGuarantee(restructuring=proposal, member=guarantor, amount=most, asked_on=on))
    audit.record("loan.guarantor_asked", loan, by=by, name=guarantor.name, amount=most, on=on)
    notifications.asked_again(asked)
    return asked


@transaction.atomic
def consent_again(row: RenewedGuarantee, *, on: datetime.date, by: User) -> RenewedGuarantee:
    """Say yes to the share of the higher amount, oneself. Raises LoanRefused where own savings do not cover it."""
    row, loan = _asked_again(row, on, by)
    refuse_overpromised(row.member, loan.rules, on)
    audit.record("loan.guaranteed_again", loan, by=by, amount=row.amount, on=on)
    return _answer(row, "consented_on", on, notifications.guaranteed_again)


@transaction.atomic
def decline_again(row: RenewedGuarantee, *, on: datetime.date, by: User) -> RenewedGuarantee:
    """Say no to the higher amount; what was promised before stays promised."""
    row, loan = _asked_again(row, on, by)
    audit.record("loan.guarantee_again_declined", loan, by=by, on=on)
    return _answer(row, "declined_on", on, notifications.declined_again)


def refuse_without_their_yes(proposal: Restructuring, on: datetime.date) -> None:
    needed = proposal.loan.rules.guarantors_needed
    if not proposal.raises or not needed:
        return
    consented = queries.backed_again(proposal, as_of=on)
    if consented < needed:
        raise LoanRefused(
            _(
                "{consented} of {needed} guarantors have said yes to the higher amount. Wait for their answer, or ask "
                "another member."
            ).format(consented=consented, needed=needed)
        )


def take_over(proposal: Restructuring, *, on: datetime.date) -> None:
    """From the day the terms are carried out, whoever said yes guarantees the share of the higher amount."""
    for row in proposal.guarantees.filter(consented_on__isnull=False):
        Guarantor.objects.update_or_create(
            loan=proposal.loan,
            member_id=row.member_id,
            defaults={"amount": row.amount},
            create_defaults={"amount": row.amount, "consented_on": row.consented_on},
        )


def _asked_again(row: RenewedGuarantee, on: datetime.date, by: User) -> tuple[RenewedGuarantee, Loan]:
    loan = locked(row.restructuring.loan, State.RUNNING)
    waiting_restructuring(row.restructuring)
    rows = RenewedGuarantee.objects.select_for_update(no_key=True, of=["self"])
    row = rows.select_related("member__user", "restructuring__loan__member").get(pk=row.pk)
    _refuse_answer(row, by)
    refuse_before(on, row.asked_on)
    return row, loan
