"""A loan recorded, borrower, guarantors and loan under lock, and the lines of an entry that may be nothing."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.services import Posting, debit
from loans.models import Loan, LoanRules, Restructuring
from members.models import Member
from savings.models import Movement


class LoanRefused(Refused):
    """The rules of the cooperative, or the state of the loan, do not allow it."""


def refuse_own(loan: Loan, by: User) -> None:
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody decides on a loan of their own. Ask another officer."))
    if loan.applied_by_id == by.pk:
        raise LoanRefused(_("You recorded this application, so another officer must decide on it (four eyes)."))


def refuse_before(on: datetime.date, earliest: datetime.date) -> None:
    if on < earliest:
        raise LoanRefused(_("The day cannot lie before {day}.").format(day=date_format(earliest, "j F Y")), field="on")


def refuse_stranger(member: Member, on: datetime.date) -> None:
    if member.has_left(on=on):
        raise LoanRefused(
            _("{name} left the cooperative on {day}. Loans are for members only.").format(
                name=member.name, day=date_format(member.left_on, "j F Y")
            )
        )


INSIDE = {
    Channel.SAVINGS: chart.TRANSFERS,
    Channel.SETTLEMENT: chart.INTER_UNIT,
    Channel.DEPARTURE: chart.FORMER_MEMBERS_PAYABLE,
}


def moved(through: str) -> str:
    """The account that a payment moves: that of the money, or inside the books the passbook, the claim on the other

    unit, what a former member would get.
    """
    return INSIDE.get(through) or account_of(through)


State = Loan.State


VOLUNTARY = Movement.Kind.VOLUNTARY


def money_in(loan: Loan, through: str, amount: int) -> Posting:
    """The line of an entry that says how a payment came in."""
    account = moved(through)
    return debit(account, amount, member=loan.member if account in chart.KEPT_PER_MEMBER else None)


def unless_zero(side, code, amount, **facts):
    return [side(code, amount, **facts)] if amount else []


def written_down(
    member: Member, *, rules: LoanRules, principal: int, instalments: int, purpose: str, on: datetime.date, by: User
) -> Loan:
    """An application under the next number of the year: PJ-2026-0001."""
    return Loan.objects.create(
        number=f"PJ-{on.year}-{ledger.next_number('PJ', on=on):04}",
        member=member,
        rules=rules,
        principal=principal,
        instalments=instalments,
        purpose=purpose,
        applied_on=on,
        applied_by=by,
    )


def locked(loan: Loan, *expected: str) -> Loan:
    """The loan as it is now, locked, or a refusal that says what happened to it meanwhile."""
    loan = (
        Loan.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "rules__product")
        .get(pk=loan.pk)
    )
    if loan.state not in expected:
        raise LoanRefused(
            _("Loan {number} is {state} now. Open it again to see what happened.").format(
                number=loan.number, state=loan.state_label
            )
        )
    return loan


def locked_people(borrower: Member, guarantors: Sequence[Member]) -> tuple[Member, list[Member]]:
    """Borrower and guarantors as they are now, locked in one order whoever asks whom."""
    wanted = {borrower.pk, *(guarantor.pk for guarantor in guarantors)}
    people = Member.objects.select_for_update(no_key=True, of=["self"]).select_related("user").order_by("pk")
    rows = {person.pk: person for person in people.filter(pk__in=wanted)}
    return rows[borrower.pk], [rows[guarantor.pk] for guarantor in guarantors]


def waiting_restructuring(proposal: Restructuring) -> Restructuring:
    """Proposed terms as they are now, locked, or a refusal where they were carried out or dropped meanwhile."""
    proposal = (
        Restructuring.objects.select_for_update(no_key=True, of=["self"])
        .select_related("decision", "loan__member", "loan__rules")
        .get(pk=proposal.pk)
    )
    if not proposal.is_waiting:
        raise LoanRefused(_("These terms were carried out or dropped already."))
    return proposal
