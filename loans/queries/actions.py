"""What is done with a loan, what may be done next, and who may do it: no page restates a condition."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import Permission
from loans.models import Loan, Restructuring
from loans.queries.position import position
from loans.queries.related_party import office_of
from loans.queries.write_off import claim

State = Loan.State


@dataclass(frozen=True)
class Action:
    """One thing that somebody may do next. Where it has no `label`, the page offers it beside what it is about."""

    name: str
    pk: int
    label: str = ""
    style: str = ""
    """of the button: primary, quiet or neither"""
    icon: str = ""

    @property
    def url(self) -> str:
        return reverse(f"loans:{self.name}", args=[self.pk])


def actions(loan: Loan, user: User, *, on: datetime.date) -> dict[str, Action]:
    """What `user` may do with a loan on a day, by name with underscores, in the order in which a page shows it."""
    return {action.name.replace("-", "_"): action for action in _actions(loan, user, on)}


def _actions(loan: Loan, user: User, on: datetime.date) -> Iterator[Action]:
    is_own, may = loan.member.user_id == user.pk, user.can
    yield from _application(loan, user, is_own, on)
    if loan.state == State.RUNNING:
        yield from _running(loan, user, is_own, on)
    if loan.state == State.WRITTEN_OFF and claim(loan).left:
        if may(Permission.LOAN_REPAY):
            yield Action("recover", loan.pk, _("Receive a payment"), "primary", "hand-coins")
        if may(Permission.LOAN_WRITE_OFF) and not is_own and not _waiting(loan.write_offs):
            yield Action("propose-write-off", loan.pk, _("Propose to end the claim"), "quiet")
    yield Action("schedule", loan.pk, _("Schedule and formulas"), icon="table-2")
    if loan.approved_on and not loan.withdrawn_on:
        yield Action("agreement-paper", loan.pk, _("Loan agreement"), icon="printer")
    if loan.disbursed_on:
        yield Action("card", loan.member_id, _("Loan card"), "quiet")
    is_party = is_own or loan.applied_by_id == user.pk
    if is_party and may(Permission.LOAN_APPLY) and loan.state in (State.WAITING, State.APPROVED):
        yield Action("withdraw", loan.pk, _("Withdraw"), "quiet")
    yield from _security(loan, user, is_own)


def _application(loan, user, is_own, on):
    if loan.state == State.WAITING and not is_own and loan.applied_by_id != user.pk:
        if user.can(Permission.LOAN_APPROVE):
            yield Action("approve", loan.pk, _("Approve"), "primary")
            yield Action("refuse", loan.pk, _("Turn down"))
        if user.can(Permission.LOAN_ENDORSE) and office_of(loan.member, as_of=on):
            yield Action("endorse", loan.pk, _("Approve for the supervisors"), "primary")
    if loan.state == State.WAITING and user.can(Permission.LOAN_SURVEY) and not is_own:
        yield Action("survey", loan.pk)
    if loan.state == State.APPROVED and user.can(Permission.LOAN_DISBURSE):
        yield Action("disburse", loan.pk, _("Pay out the loan"), "primary")


def _running(loan, user, is_own, on):
    is_late = user.can(Permission.LOAN_LIST) and position(loan, as_of=on).days_late
    if user.can(Permission.LOAN_REPAY):
        yield Action("repay", loan.pk, _("Receive a payment"), "primary", "hand-coins")
        if not is_own:
            yield Action("pay-off", loan.pk, _("Close the loan"))
    if user.can(Permission.LOAN_ASSESS) and is_late:
        yield Action("assess", loan.pk, _("Assess the loan"), icon="gavel")
    if user.can(Permission.LOAN_WRITE_OFF) and not is_own and is_late and not _waiting(loan.write_offs):
        yield Action("propose-write-off", loan.pk, _("Propose to write it off"), "quiet")
    if user.can(Permission.LOAN_RESTRUCTURE) and not is_own and not _waiting(loan.restructurings):
        yield Action("propose-restructuring", loan.pk, _("Propose new terms"))


def _security(loan, user, is_own):
    """Guarantors and collateral."""
    is_live = loan.is_live
    if is_live and (loan.state == State.WAITING or user.can(Permission.LOAN_LIST)):
        yield Action("ask-guarantor", loan.pk)
    if is_live and user.can(Permission.LOAN_APPROVE) and not is_own:
        yield Action("release-guarantor", loan.pk)
    if user.can(Permission.COLLATERAL_KEEP):
        if is_live:
            yield Action("pledge", loan.pk)
        if not is_own:
            yield Action("value-collateral" if is_live else "return-collateral", loan.pk)
    elif is_own and loan.state == State.WAITING:
        yield Action("pledge", loan.pk)


def _waiting(proposals) -> bool:
    return proposals.filter(done_on=None, dropped_on=None).exists()


def restructuring_actions(terms: Restructuring, user: User) -> dict[str, Action]:
    """What `user` may do with proposed terms, by name."""
    return {action.name.partition("-")[0]: action for action in _of_terms(terms, user)}


def _of_terms(terms, user):
    if not terms.is_waiting:
        return
    is_own = terms.loan.member.user_id == user.pk
    has_approved = any(approval.by_id == user.pk for approval in terms.approvals.all())
    if not terms.approved_on and not is_own and not has_approved and terms.proposed_by_id != user.pk:
        if user.can(Permission.LOAN_APPROVE):
            yield Action("approve-restructuring", terms.pk, _("Approve"), "primary")
        elif user.can(Permission.LOAN_ENDORSE):
            yield Action("endorse-restructuring", terms.pk, _("Approve for the supervisors"), "primary")
    if terms.approved_on and user.can(Permission.LOAN_DISBURSE) and not is_own and not has_approved:
        yield Action("carry-out-restructuring", terms.pk, _("Carry it out"), "primary")
    if user.can(Permission.LOAN_RESTRUCTURE) and not is_own:
        yield Action("drop-restructuring", terms.pk, _("Drop"), "quiet")
        yield Action("ask-another-guarantor", terms.pk)


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
