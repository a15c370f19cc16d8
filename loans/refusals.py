"""What stands in the way of a loan, each in a sentence that says what would help. Asked by the services, under lock."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import User
from core.money import format_percent, format_rupiah, split
from loans import guarantees, judging
from loans.models import Loan, Repayment
from loans.rules import LoanProduct, LoanRules
from members.models import Member


class LoanRefused(Refused):
    """The rules of the cooperative, or the state of the loan, do not allow it."""


def rules_on(product: LoanProduct, on: datetime.date) -> LoanRules:
    try:
        return product.rules.in_force(on)
    except LoanRules.DoesNotExist as error:
        raise LoanRefused(
            _("{product} has no rules yet on {day}. The members decide them first.").format(
                product=product, day=date_format(on, "j F Y")
            )
        ) from error


def refuse_own(loan: Loan, by: User) -> None:
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody decides on a loan of their own. Ask another officer."))
    if loan.applied_by_id == by.pk:
        raise LoanRefused(_("You wrote this application down, so another officer must decide on it (four eyes)."))


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


def refuse_guarantors(
    member: Member, guarantors: Sequence[Member], rules: LoanRules, principal: int, on: datetime.date
) -> None:
    needed = rules.guarantors_needed
    if len(set(guarantors)) < needed:
        raise LoanRefused(
            _("This loan needs {count} guarantors. Name members who will stand for it.").format(count=needed),
            field="guarantors",
        )
    for guarantor, share in zip(guarantors, shares(principal, guarantors), strict=True):
        refuse_guarantor(member, guarantor, rules, share, on)


def refuse_guarantor(
    borrower: Member, guarantor: Member, rules: LoanRules, share: int, on: datetime.date, *, standing: int = 0
) -> None:
    """What a guarantor has saved or promised is nobody else's business: the refusal names the share alone.

    `standing` is the part of the share that they stand for already.
    """
    if guarantor.pk == borrower.pk:
        raise LoanRefused(_("Nobody guarantees their own loan. Name another member."), field="guarantors")
    if not guarantor.belongs(on=on):
        raise LoanRefused(
            _("{name} is not a member. Name another guarantor.").format(name=guarantor.name), field="guarantors"
        )
    capacity = guarantees.guarantee_capacity(guarantor, rules, as_of=on)
    if capacity is not None and capacity < share - standing:
        raise LoanRefused(
            _("{name} cannot stand for a share of {share} now. Name another guarantor, or more of them.").format(
                name=guarantor.name, share=format_rupiah(share)
            ),
            field="guarantors",
        )


def refuse_overpromised(guarantor: Member, rules: LoanRules, on: datetime.date) -> None:
    """Whoever is about to say yes and has promised more than own savings reach for; they are told so themselves."""
    capacity = guarantees.guarantee_capacity(guarantor, rules, as_of=on)
    if capacity is not None and capacity < 0:
        raise LoanRefused(_("Your savings no longer reach for this guarantee. Answer no, or save more first."))


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


def shares(principal: int, guarantors: Sequence[Member]) -> list[int]:
    return split(principal, [1] * len(guarantors)) if guarantors else []


def refuse_above_ceiling(loan: Loan, on: datetime.date, *, owing: int | None = None) -> None:
    """Loans to those who decide about loans stay below their part of the own capital."""
    related = judging.related(loan, as_of=on, owing=owing)
    if related and not related.fits:
        raise LoanRefused(
            _(
                "With this loan officers and supervisors would owe {owed}; at most {ceiling} is allowed, {percent} of "
                "the own capital of {capital}. Wait until others have paid back."
            ).format(
                owed=format_rupiah(related.with_this),
                ceiling=format_rupiah(related.ceiling),
                percent=format_percent(related.rules.ceiling_bp),
                capital=format_rupiah(related.capital),
            )
        )


def last_payment(loan: Loan) -> Repayment | None:
    return loan.repayments.filter(reversed_on=None).order_by("-paid_on", "-pk").first()
