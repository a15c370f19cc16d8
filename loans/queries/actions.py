"""The steps of a loan: what is done, what comes next, and who may do it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loans.models import Loan


@dataclass(frozen=True)
class Step:
    """`state` is done, current or empty (still to come); `note` says when it was done, or who may do it."""

    state: str
    label: str
    note: str


def steps(loan: Loan) -> list[Step]:
    """The way of a loan from application to the last rupiah."""
    state, day = loan.state, lambda on: date_format(on, "j F Y")
    applied = Step("done", _("Applied for"), f"{day(loan.applied_on)}, {loan.applied_by.name}")
    if state == Loan.State.WITHDRAWN:
        return [applied, Step("done", _("Taken back"), day(loan.withdrawn_on))]
    if state == Loan.State.REFUSED:
        return [applied, Step("done", _("Not granted"), f"{day(loan.refused_on)}, {loan.refused_by.name}")]
    return [applied, *_guarantors(loan), _approval(loan), _disbursement(loan), _repayment(loan)]


def _guarantors(loan: Loan) -> list[Step]:
    guarantors = list(loan.guarantors.all())
    if not guarantors and not loan.rules.guarantors_needed:
        return []
    answered = sum(1 for guarantor in guarantors if guarantor.consented_on and not guarantor.ended_on)
    enough = answered >= loan.rules.guarantors_needed
    note = _("{answered} of {needed} said yes").format(answered=answered, needed=loan.rules.guarantors_needed)
    return [Step("done" if enough else "current", _("Guarantors"), note)]


def _approval(loan: Loan) -> Step:
    names = ", ".join(approval.by.name for approval in loan.approvals.all())
    if loan.approved_on:
        return Step("done", _("Approved"), f"{date_format(loan.approved_on, 'j F Y')}, {names}")
    if names:
        return Step(
            "current", _("Decision"), _("{names} approved; somebody else must approve as well").format(names=names)
        )
    note = (
        _("two officers who did not record it")
        if loan.rules.approvals_needed(loan.principal) > 1
        else _("an officer who did not record it")
    )
    return Step("current", _("Decision"), note)


def _disbursement(loan: Loan) -> Step:
    if loan.disbursed_on:
        note = f"{date_format(loan.disbursed_on, 'j F Y')}, {loan.disbursed_by.name}"
        return Step("done", _("Disbursed"), note)
    state = "current" if loan.approved_on else ""
    return Step(state, _("Paying out"), _("the treasurer or the chair, who did not approve it"))


def _repayment(loan: Loan) -> Step:
    if loan.written_off_on:
        return Step("current", _("Written off"), date_format(loan.forgiven_on or loan.written_off_on, "j F Y"))
    if loan.settled_on:
        return Step("done", _("Paid off"), date_format(loan.settled_on, "j F Y"))
    return Step("current" if loan.disbursed_on else "", _("Paying back"), _("at the treasurer or at the meeting"))
