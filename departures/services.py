"""The end of a membership: one officer proposes, another agrees and it is carried out, a third step pays what is left.

Heirs receive money and never membership; the register keeps the row.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.services import store
from core.uploads import Upload
from departures import notifications, queries
from departures.models import Departure
from governance.models import Decision, DecisionKind
from governance.services import require
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Unit
from ledger.services import credit, debit
from loans import services as loan_services
from loans.models import Loan
from loans.queries import claim, to_close
from loans.services import LoanRefused
from loans.services.common import refuse_before
from members import services as members
from members.models import Member
from savings import services as savings_services
from shu import services as shu

Kind = Member.LeavingReason


@transaction.atomic
def propose_departure(
    member: Member,
    *,
    kind: str,
    on: datetime.date,
    by: User,
    reason: str = "",
    decision: Decision | None = None,
    died_on: datetime.date | None = None,
    heir_name: str = "",
    heir_relation: str = "",
    heir_paper: Upload | None = None,
) -> Departure:
    """Record that somebody leaves, was dismissed, or died; another officer agrees and it is carried out then.

    Obstacles may still stand: they are worked off meanwhile. Raises LoanRefused for the member, for somebody who is
    no member, a second proposal, a dismissal without decision and reason, and a death without the heir's paper.
    """
    member = _locked(member)
    _refuse_oneself(member, by)
    if not member.entered_on or member.left_on:
        raise LoanRefused(_("{name} is not a member now.").format(name=member.name))
    refuse_before(on, member.entered_on)
    if Departure.objects.filter(member=member, dropped_on=None).exists():
        raise LoanRefused(_("This was proposed already and waits for another officer."))
    if kind == Kind.DISMISSAL:
        if decision is None:
            raise LoanRefused(_("A dismissal is decided in a meeting. Name the decision."), field="decision")
        if not reason.strip():
            raise LoanRefused(_("Write the reason of the dismissal."), field="reason")
        require(decision, kind=DecisionKind.DISMISSAL, subject=member, on=on)
    heir = {"heir_name": heir_name.strip(), "heir_relation": heir_relation.strip()}
    if kind == Kind.DEATH:
        for field, value in heir.items() | {("heir_paper", heir_paper)}:
            if not value:
                raise LoanRefused(
                    _("Name the heir, the relation, and keep the paper that shows it (surat keterangan waris)."),
                    field=field,
                )
        if died_on is None:
            raise LoanRefused(_("Enter the day of death, as the paper says."), field="died_on")
        if not member.entered_on <= died_on <= on:
            raise LoanRefused(
                _("The day of death lies between the day of entry and today. Look at the paper again."), field="died_on"
            )
        heir |= {"heir_paper": store(heir_paper, by=by), "died_on": died_on}
    else:
        heir = {}
    departure = Departure.objects.create(
        member=member,
        kind=kind,
        reason=reason.strip(),
        decision=decision if kind == Kind.DISMISSAL else None,
        requested_on=on,
        proposed_by=by,
        **heir,
    )
    audit.record("departure.proposed", departure, by=by, member=member.name, kind=departure.get_kind_display(), on=on)
    notifications.departure_proposed(departure)
    return departure


@transaction.atomic
def drop_departure(departure: Departure, *, on: datetime.date, by: User) -> Departure:
    """Drop a proposal: the member stays. By any officer but the member."""
    departure = _found(departure)
    _refuse_oneself(departure.member, by)
    _refuse_ended(departure)
    refuse_before(on, departure.requested_on)
    departure.dropped_on, departure.dropped_by = on, by
    departure.save(update_fields=["dropped_on", "dropped_by"])
    audit.record("departure.dropped", departure, by=by, member=departure.member.name, on=on)
    return departure


@transaction.atomic
def approve_departure(departure: Departure, *, on: datetime.date, by: User) -> Departure:
    """Approve a departure and carry it out: savings become payable, debts are set off, the membership ends.

    The interest until that day and the SHU not fetched yet are part of it, and so is what was blocked for the member's
    own loans. After a death the membership ends as the rules say (`queries.ends_on`). Loans are closed with what closes
    them on that day; where the savings are smaller, the oldest loan is paid first and the rest stays a claim on the
    former member. Claims on written-off loans come after them, where the rules of leaving set them off. Raises
    LoanRefused for the member and the proposer (four eyes) and while anything stands in the way.
    """
    departure = _found(departure)
    # Loans before the member, as whoever pays from savings does.
    loans = list(
        Loan.objects.select_for_update(no_key=True)
        .filter(member=departure.member)
        .open()
        .order_by("disbursed_on", "pk")
    )
    member = _locked(departure.member)
    _refuse_oneself(member, by)
    _refuse_ended(departure)
    if departure.proposed_by_id == by.pk:
        raise LoanRefused(_("You proposed this, so another officer must approve it (four eyes)."))
    refuse_before(on, departure.requested_on)
    if standing := queries.obstacles(member, as_of=on):
        raise LoanRefused(
            _("{name} cannot leave yet: {obstacles}.").format(
                name=member.name, obstacles="; ".join(obstacle.text for obstacle in standing)
            )
        )
    loan_services.set_off_collateral(member, on=on, by=by)
    savings_services.pay_interest_until(member, on=on, by=by)
    outlook = queries.outlook(member, on=on)
    departure.entry = savings_services.close_savings(member, on=on, by=by)
    shu.hand_over(member, on=on, by=by)
    departure.approved_on, departure.approved_by, departure.pay_by = on, by, outlook.pay_by
    figures = ("principal", "mandatory", "voluntary", "shu", "owed", "claims", "set_off", "to_pay")
    for name in figures:
        setattr(departure, name, getattr(outlook, name))
    left = _set_off([loan for loan in loans if loan.state == Loan.State.RUNNING], outlook.set_off, on, by)
    _set_off_claims([loan for loan in loans if loan.state == Loan.State.WRITTEN_OFF], left, on, by)
    departure.save(update_fields=["entry", "approved_on", "approved_by", "pay_by", *figures])
    members.leave(member, on=queries.ends_on(departure, on=on), reason=departure.kind, by=by)
    audit.record(
        "departure.approved",
        departure,
        by=by,
        member=member.name,
        set_off=departure.set_off,
        to_pay=departure.to_pay,
        still_owed=departure.still_owed,
        on=on,
    )
    notifications.departure_approved(departure)
    return departure


@transaction.atomic
def pay_departure(departure: Departure, *, on: datetime.date, by: User, through: str = Channel.CASH) -> Departure:
    """Pay what a former member has left, in cash or by bank; to the heir of somebody who died.

    Raises LoanRefused for the former member, and for whoever agreed to it (four eyes).
    """
    departure = _found(departure)
    member = departure.member
    _refuse_oneself(member, by)
    if not departure.approved_on:
        raise LoanRefused(_("Nobody has approved this yet. The chair decides first."))
    if departure.paid_on or not departure.to_pay:
        raise LoanRefused(_("Nothing is left to pay to {name}.").format(name=departure.payee))
    if departure.approved_by_id == by.pk:
        raise LoanRefused(_("You approved this, so somebody else must pay it out (four eyes)."))
    refuse_before(on, departure.approved_on)
    departure.payout_entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"departure:{departure.pk}:paid",
        memo=_("Savings of {member}, who left, paid to {payee}").format(member=member, payee=departure.payee),
        lines=[
            debit(chart.FORMER_MEMBERS_PAYABLE, departure.to_pay, member=member),
            credit(account_of(through), departure.to_pay),
        ],
        by=by,
    )
    departure.paid_on, departure.paid_by, departure.through = on, by, through
    purpose = _("Savings after leaving the cooperative")
    if departure.heir_name:
        purpose = _("Savings of {member}, to the heir ({relation})").format(
            member=member.name, relation=departure.heir_relation
        )
    audit.record(
        "departure.paid", departure, by=by, member=member.name, payee=departure.payee, amount=departure.to_pay, on=on
    )
    departure.receipt = ledger.issue_receipt(
        departure.payout_entry,
        party=departure.payee,
        member=member,
        purpose=purpose,
        amount=departure.to_pay,
        direction="out",
        by=by,
    )
    departure.save(update_fields=["payout_entry", "paid_on", "paid_by", "through", "receipt"])
    return departure


def _set_off(loans: list[Loan], amount: int, on: datetime.date, by: User) -> int:
    """Pay running loans; what is left of `amount`."""
    for loan in loans:
        part = min(amount, to_close(loan, on=on).total)
        if part:
            loan_services.repay(loan, amount=part, on=on, by=by, through=Channel.DEPARTURE)
        amount -= part
    return amount


def _set_off_claims(loans: list[Loan], amount: int, on: datetime.date, by: User) -> None:
    """Pay claims on loans that are written off, with what running loans left."""
    for loan in loans:
        part = min(amount, claim(loan).left)
        if part:
            loan_services.recover(loan, amount=part, on=on, by=by, through=Channel.DEPARTURE)
        amount -= part


def _found(departure: Departure) -> Departure:
    rows = Departure.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    return rows.get(pk=departure.pk)


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(no_key=True, of=["self"]).select_related("user").get(pk=member.pk)


def _refuse_oneself(member: Member, by: User) -> None:
    if member.user_id == by.pk:
        raise LoanRefused(_("Nobody ends and pays a membership of their own. Ask another officer."))


def _refuse_ended(departure: Departure) -> None:
    if departure.approved_on or departure.dropped_on:
        raise LoanRefused(_("This was approved or dropped already. Open it again."))
