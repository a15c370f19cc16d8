"""Standing for somebody's loan: being asked, saying yes or no, taking the yes back, and somebody else standing in."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from loans import telling
from loans.models import Guarantor, Loan
from loans.refusals import LoanRefused, refuse_before, refuse_guarantor, refuse_overpromised
from loans.services.common import State, locked, locked_people
from members.models import Member

LIVE = (State.WAITING, State.APPROVED, State.RUNNING)


@transaction.atomic
def ask_guarantor(loan: Loan, *, guarantor: Member, on: datetime.date, by: User) -> Guarantor:
    """Ask one more member to stand for the part of the loan nobody stands for; by the borrower or an officer.

    Raises LoanRefused where the whole loan is backed, and for somebody who cannot stand for that part.
    """
    borrower, [guarantor] = locked_people(loan.member, [guarantor])
    loan = locked(loan, *LIVE)
    if loan.member.user_id != by.pk and not by.can(Permission.LOAN_LIST):
        raise LoanRefused(_("You can ask somebody for your own loan only."))
    refuse_before(on, loan.applied_on)
    backed = loan.guarantors.filter(declined_on=None, ended_on=None, member__left_on=None)
    open_part = loan.principal - backed.aggregate(sum=Sum("amount", default=0))["sum"]
    if open_part <= 0:
        raise LoanRefused(_("The whole loan is backed already. Nobody else is needed."))
    refuse_guarantor(borrower, guarantor, loan.rules, open_part, on)
    try:
        with transaction.atomic():
            asked = Guarantor.objects.create(loan=loan, member=guarantor, amount=open_part)
    except IntegrityError as error:
        raise LoanRefused(
            _("{name} was asked before. Name another member.").format(name=guarantor.name), field="guarantor"
        ) from error
    audit.record("loan.guarantor_asked", loan, by=by, name=guarantor.name, amount=open_part, on=on)
    telling.asked(asked)
    return asked


@transaction.atomic
def consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say yes to standing for a loan. Nobody says it for somebody else.

    Raises LoanRefused when it was answered, when the loan is over, or when own savings do not reach.
    """
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    refuse_overpromised(guarantor.member, loan.rules, on)
    guarantor.consented_on = on
    guarantor.save(update_fields=["consented_on"])
    audit.record("loan.guaranteed", loan, by=by, amount=guarantor.amount, on=on)
    telling.guaranteed(guarantor)
    return guarantor


@transaction.atomic
def decline(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say no to standing for a loan; no reason is asked for."""
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    guarantor.declined_on = on
    guarantor.save(update_fields=["declined_on"])
    audit.record("loan.guarantee_declined", loan, by=by, on=on)
    telling.declined(guarantor)
    return guarantor


@transaction.atomic
def take_back_consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Take one's yes back, as long as the loan is not decided on: afterwards others have relied on it."""
    guarantor, loan = _answered(guarantor, *LIVE)
    if guarantor.member.user_id != by.pk:
        raise LoanRefused(_("Only {name} can answer this.").format(name=guarantor.member.name))
    if loan.state != State.WAITING:
        raise LoanRefused(_("The loan was approved on your word. Talk to the board: somebody else can stand in."))
    return _end(guarantor, loan, Guarantor.Ending.WITHDREW, on, by, action="loan.guarantee_taken_back")


@transaction.atomic
def release_guarantor(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Let a guarantor go once others who said yes stand for the whole loan; by an officer who is no party to it.

    Who left the cooperative stays bound until then: the promise outlives the membership.
    """
    guarantor, loan = _answered(guarantor, *LIVE)
    if by.pk in (loan.member.user_id, guarantor.member.user_id):
        raise LoanRefused(_("Borrower and guarantor do not decide on this. Ask another officer."))
    others = loan.guarantors.standing(as_of=on).exclude(pk=guarantor.pk).filter(member__left_on=None)
    if others.count() < loan.rules.guarantors_needed:
        raise LoanRefused(_("Somebody else must stand in first: ask another member, and wait for the yes."))
    ending = Guarantor.Ending.LEFT if guarantor.member.has_left(on=on) else Guarantor.Ending.REPLACED
    return _end(guarantor, loan, ending, on, by, action="loan.guarantor_released")


def _end(guarantor, loan, ending, on, by, *, action) -> Guarantor:
    refuse_before(on, guarantor.consented_on)
    guarantor.ended_on, guarantor.ending = on, ending
    guarantor.save(update_fields=["ended_on", "ending"])
    audit.record(action, loan, by=by, name=guarantor.member.name, amount=guarantor.amount, on=on)
    telling.guarantee_ended(guarantor)
    return guarantor


def _asked(guarantor: Guarantor, by: User) -> tuple[Guarantor, Loan]:
    guarantor, loan = _locked(guarantor, *LIVE)
    if guarantor.member.user_id != by.pk:
        raise LoanRefused(_("Only {name} can answer this.").format(name=guarantor.member.name))
    if guarantor.consented_on or guarantor.declined_on:
        raise LoanRefused(_("You have answered this request already."))
    return guarantor, loan


def _answered(guarantor: Guarantor, *states: str) -> tuple[Guarantor, Loan]:
    guarantor, loan = _locked(guarantor, *states)
    if not guarantor.consented_on or guarantor.ended_on:
        raise LoanRefused(_("{name} does not stand for this loan.").format(name=guarantor.member.name))
    return guarantor, loan


def _locked(guarantor: Guarantor, *states: str) -> tuple[Guarantor, Loan]:
    loan = locked(guarantor.loan, *states)
    rows = Guarantor.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    return rows.get(pk=guarantor.pk), loan
