"""New terms for a running loan: one officer proposes, others agree as to a new loan, another carries it out."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_percent, format_rupiah
from governance.models import Decision, DecisionKind
from governance.services import require
from governance.services.ladder import end_ladder
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Unit
from ledger.services import credit, debit
from loans import notifications, queries
from loans.arithmetic.schedule import ScheduleError
from loans.models import Loan, Restructuring, RestructuringApproval, RestructuringRules
from loans.queries import eligibility_for_more, last_payment
from loans.services.common import (
    LoanRefused,
    State,
    locked,
    locked_people,
    moved,
    refuse_before,
    refuse_stranger,
    unless_zero,
    waiting_restructuring,
)
from loans.services.guarantee import ask_again, refuse_without_their_yes, take_over
from loans.services.related_party import refuse_above_ceiling
from loans.services.schedule import store_version

Kind = Restructuring.Kind

CARRIED_OUT = (
    *("done_on", "done_by", "version", "entry", "receipt", "fees"),
    *("principal_before", "principal_after", "interest_open", "interest_carried", "penalty_waived"),
)
"""What is written into a proposal when its terms take effect."""


@transaction.atomic
def propose_restructuring(
    loan: Loan,
    *,
    kind: str,
    instalments: int,
    first_due_on: datetime.date,
    reason: str,
    on: datetime.date,
    by: User,
    rate_bp: int | None = None,
    principal_grace: int = 0,
    waives_penalty: bool = False,
    added: int = 0,
    decision: Decision | None = None,
) -> Restructuring:
    """Propose new terms for a running loan; nothing changes before others agreed and it is carried out.

    Where more is owed on them, the guarantors are asked again. Raises LoanRefused for the borrower, where the rules of
    restructuring say no (how often, how much paid back before a top-up), where new money is beyond what the member may
    borrow, for guarantors whose savings do not cover it, and where the terms do not fit their kind.
    """
    locked_people(loan.member, [each.member for each in queries.guarantors_standing(loan, on)])
    loan = locked(loan, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody proposes new terms for their own loan. Ask an officer to do it."))
    refuse_before(on, loan.disbursed_on)
    refuse_stranger(loan.member, on)
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands on the amendment."), field="reason")
    if loan.restructurings.filter(done_on=None, dropped_on=None).exists():
        raise LoanRefused(_("New terms are proposed already and wait. Carry them out or drop them first."))
    proposal = Restructuring(
        loan=loan,
        kind=kind,
        instalments=instalments,
        first_due_on=first_due_on,
        reason=reason.strip(),
        rate_bp=queries.loan_rate(loan) if rate_bp is None else rate_bp,
        principal_grace=principal_grace,
        waives_penalty=waives_penalty,
        added=added,
        decision=decision,
        proposed_on=on,
        proposed_by=by,
    )
    _refuse_by_the_rules(proposal, on)
    _refuse_terms(proposal, on)
    _worked_out(proposal, on)
    proposal.save(force_insert=True)
    audit.record("loan.restructuring_proposed", loan, by=by, kind=kind, reason=proposal.reason, on=on)
    if proposal.raises:
        ask_again(proposal, on=on)
    return proposal


@transaction.atomic
def approve_restructuring(
    proposal: Restructuring, *, on: datetime.date, by: User, organ: str = "board"
) -> Restructuring:
    """Say yes to new terms; above the tier of the loan's rules two officers, of an officer's loan the supervisors too.

    Raises LoanRefused for the borrower, for whoever proposed it, for who said yes before, and, where more is owed on
    the new terms, while guarantors are missing and above the ceiling for related parties.
    """
    loan = locked(proposal.loan, State.RUNNING)
    proposal = waiting_restructuring(proposal)
    if by.pk in (loan.member.user_id, proposal.proposed_by_id):
        raise LoanRefused(
            _("Nobody approves new terms for their own loan, or their own proposal. Ask another officer.")
        )
    if proposal.approvals.filter(by=by).exists():
        raise LoanRefused(_("You have approved this already. It needs the approval of another officer."))
    office = queries.office_of(loan.member, as_of=on)
    if organ == "supervisors" and office is None:
        raise LoanRefused(_("The supervisors decide on loans of officers only. The board decides on this one."))
    refuse_before(on, proposal.proposed_on)
    _refuse_more(proposal, on)
    RestructuringApproval.objects.create(restructuring=proposal, by=by, on=on, organ=organ)
    given = list(proposal.approvals.values_list("organ", flat=True))
    owed = queries.outstanding(loan, as_of=on) + proposal.added
    is_enough = given.count("board") >= loan.rules.approvals_needed(owed) and (office is None or "supervisors" in given)
    if is_enough:
        proposal.approved_on = on
        proposal.save(update_fields=["approved_on"])
    audit.record("loan.restructuring_approved", loan, by=by, on=on, is_enough=is_enough)
    return proposal


@transaction.atomic
def drop_restructuring(proposal: Restructuring, *, on: datetime.date, by: User) -> Restructuring:
    """Drop proposed terms; the loan stays as it is."""
    loan = locked(proposal.loan, State.RUNNING)
    proposal = waiting_restructuring(proposal)
    refuse_before(on, proposal.approved_on or proposal.proposed_on)
    proposal.dropped_on, proposal.dropped_by = on, by
    proposal.save(update_fields=["dropped_on", "dropped_by"])
    audit.record("loan.restructuring_dropped", loan, by=by, on=on)
    return proposal


@transaction.atomic
def carry_out_restructuring(
    proposal: Restructuring, *, on: datetime.date, by: User, through: str = Channel.CASH
) -> Restructuring:
    """Carry agreed terms out: the new schedule from `on`, what became principal and new money in one entry.

    The old schedule stays readable; payments since belong to the new one. Raises LoanRefused for the borrower, for
    who agreed (four eyes), for a day before the last payment, while a penalty is open that was not waived, and as for
    the yes where more is owed.
    """
    loan = locked(proposal.loan, State.RUNNING)
    proposal = waiting_restructuring(proposal)
    proposal.loan = loan
    if proposal.approved_on is None:
        raise LoanRefused(_("The new terms are not approved yet. Wait for the officers."))
    if by.pk == loan.member.user_id or proposal.approvals.filter(by=by).exists():
        raise LoanRefused(_("Whoever approved the terms does not carry them out (four eyes). Ask another officer."))
    refuse_before(on, proposal.approved_on)
    if last := last_payment(loan):
        refuse_before(on, last.paid_on)
    _refuse_terms(proposal, on)
    _refuse_more(proposal, on)
    owed, renewed = _worked_out(proposal, on)
    if owed.penalty and not proposal.waives_penalty:
        raise LoanRefused(
            _("A penalty of {amount} is open. It is paid first, or new terms are proposed that waive it.").format(
                amount=format_rupiah(owed.penalty)
            )
        )
    proposal.principal_before, proposal.principal_after = owed.principal, renewed.principal
    proposal.interest_open, proposal.interest_carried = owed.interest, renewed.interest_carried
    proposal.penalty_waived = owed.penalty
    proposal.fees = loan.rules.provision(proposal.added) if proposal.added else 0
    proposal.done_on, proposal.done_by = on, by
    if proposal.raises:
        take_over(proposal, on=on)
    proposal.version = store_version(loan, renewed.rows, on=on, by=by)
    if renewed.interest_carried or proposal.added:
        _post(proposal, through)
    proposal.save(update_fields=CARRIED_OUT)
    audit.record(
        "loan.restructured",
        loan,
        by=by,
        kind=proposal.kind,
        amount=proposal.principal_after,
        penalty_amount=proposal.penalty_waived,
        decision=proposal.decision,
        on=on,
    )
    end_ladder(f"loan:{loan.pk}", text=_("{title}: the loan has new terms."), on=on)
    notifications.restructured(loan, proposal)
    return proposal


def _post(proposal: Restructuring, through: str) -> None:
    loan, carried = proposal.loan, proposal.interest_carried
    facts = {"number": loan.number, "name": loan.member.name}
    proposal.entry = ledger.post_entry(
        unit=Unit.USP,
        on=proposal.done_on,
        reference=f"restructuring:{proposal.pk}:done",
        memo=_("New terms for loan {number} of {name}").format(**facts),
        lines=[
            debit(chart.LOANS_RECEIVABLE, carried + proposal.added, member=loan.member),
            *unless_zero(credit, chart.LOAN_INTEREST, carried),
            *unless_zero(credit, chart.PROVISION_FEES, proposal.fees),
            *unless_zero(credit, moved(through), proposal.paid_out),
        ],
        by=proposal.done_by,
    )
    if proposal.paid_out:
        proposal.receipt = ledger.issue_receipt(
            proposal.entry,
            party=loan.member.name,
            member=loan.member,
            purpose=_("New money on loan {number}").format(number=loan.number),
            amount=proposal.paid_out,
            direction="out",
            by=proposal.done_by,
        )


def _refuse_by_the_rules(proposal: Restructuring, on: datetime.date) -> None:
    loan, rules = proposal.loan, RestructuringRules.objects.current(on)
    if rules is None:
        raise LoanRefused(
            _("The members have not decided yet when a loan gets new terms. Put the rules in force first.")
        )
    if (times := queries.times_restructured(loan)) >= rules.most_times:
        raise LoanRefused(_("This loan has got new terms {count} times; more is not allowed.").format(count=times))
    if proposal.kind != Kind.TOP_UP:
        return
    if (paid := queries.paid_back_bp(loan, on=on)) < rules.top_up_paid_bp:
        raise LoanRefused(
            _("New money is possible when {needed} of the loan is paid back; so far it is {paid}.").format(
                needed=rules.top_up_paid, paid=format_percent(paid)
            )
        )
    standing = queries.position(loan, as_of=on)
    if standing.days_late:
        raise LoanRefused(
            _("{amount} is overdue. Pay it first; then new money is possible.").format(
                amount=format_rupiah(standing.due)
            )
        )
    if standing.principal + proposal.added > loan.rules.most_amount:
        raise LoanRefused(
            _("With the new money {amount} would be owed; this product lends {most} at most.").format(
                amount=format_rupiah(standing.principal + proposal.added), most=format_rupiah(loan.rules.most_amount)
            ),
            field="added",
        )
    failed = [
        check for check in eligibility_for_more(loan, standing.principal + proposal.added, as_of=on) if not check.passed
    ]
    if failed:
        raise LoanRefused(
            _("New money is not possible yet.") + " " + " ".join(check.explanation for check in failed), field="added"
        )


def _refuse_more(proposal: Restructuring, on: datetime.date) -> None:
    """New money and interest that becomes principal are lent anew: asked about as for a loan, on the day itself."""
    if not proposal.raises:
        return
    refuse_without_their_yes(proposal, on)
    _owed, renewed = _worked_out(proposal, on)
    refuse_above_ceiling(proposal.loan, on, owing=renewed.principal)


def _refuse_terms(proposal: Restructuring, on: datetime.date) -> None:
    loan, rate = proposal.loan, queries.loan_rate(proposal.loan)
    if proposal.decision:
        require(proposal.decision, kind=DecisionKind.RESTRUCTURING, subject=loan, on=on)
    if proposal.first_due_on <= on:
        raise LoanRefused(
            _("The first new instalment falls due after {day}. Propose a later one.").format(
                day=date_format(on, "j F Y")
            ),
            field="first_due_on",
        )
    if not 1 <= proposal.instalments <= 360:
        raise LoanRefused(_("Choose between 1 and 360 instalments."), field="instalments")
    if proposal.principal_grace >= proposal.instalments:
        raise LoanRefused(_("At least one instalment must repay principal."), field="principal_grace")
    if proposal.rate_bp > rate:
        raise LoanRefused(_("New terms never cost more than the old ones."), field="rate_bp")
    if proposal.kind == Kind.RECONDITIONING and proposal.rate_bp == rate and not proposal.waives_penalty:
        raise LoanRefused(
            _("Reconditioning lowers the rate or waives the penalty. Choose one, or another kind."), field="rate_bp"
        )
    if proposal.kind == Kind.TOP_UP:
        if proposal.added <= 0:
            raise LoanRefused(_("Enter the amount of new money."), field="added")
        if proposal.waives_penalty or proposal.rate_bp != rate:
            raise LoanRefused(_("A top-up keeps the terms of the loan: no waived penalty, no other rate."))
        if loan.rules.provision(proposal.added) >= proposal.added:
            raise LoanRefused(_("Fees must leave something to pay out."), field="added")
    elif proposal.added:
        raise LoanRefused(_("New money is possible with a top-up only."), field="added")


def _worked_out(proposal: Restructuring, on: datetime.date):
    try:
        return queries.restructured(proposal, on=on)
    except ScheduleError as error:
        raise LoanRefused(_("No schedule can be made from these terms. Choose other ones.")) from error
    except ValueError as error:
        raise LoanRefused(_("Nothing is owed on this loan any more.")) from error
