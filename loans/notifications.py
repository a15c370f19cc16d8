"""What people are told about a loan, in their inbox."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import GRANTED, Permission
from loans.models import Guarantor, Loan, RenewedGuarantee, Restructuring


def applied(loan: Loan, guarantors: Sequence[Guarantor], *, is_related: bool = False) -> None:
    """Ask the guarantors, and let everybody who may decide on this loan know that it waits."""
    facts = {"name": loan.member.name, "amount": format_rupiah(loan.principal)}
    for guarantor in guarantors:
        asked(guarantor)
    verbs = {Permission.LOAN_APPROVE, Permission.LOAN_ENDORSE} if is_related else {Permission.LOAN_APPROVE}
    roles = [role for role, granted in GRANTED.items() if verbs & granted]
    involved = [pk for pk in (loan.member.user_id, loan.applied_by_id) if pk]
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=involved):
        tell(officer, _("{name} applies for a loan of {amount}.").format(**facts), url=_page(loan))


def asked(guarantor: Guarantor) -> None:
    text = _("{name} asks you to guarantee {share} of a loan of {amount}. Answer yes or no.")
    facts = {
        "name": guarantor.loan.member.name,
        "share": format_rupiah(guarantor.amount),
        "amount": format_rupiah(guarantor.loan.principal),
    }
    tell(guarantor.member.user, text.format(**facts), url=reverse("loans:guarantee", args=[guarantor.pk]))


def guarantee_ended(guarantor: Guarantor) -> None:
    """Borrower and guarantor hear of it, whoever did it."""
    text = _("{name} no longer guarantees your loan {number}.")
    if guarantor.ending == Guarantor.Ending.WITHDREW:
        text += " " + _("Name somebody else on the page of the loan.")
    _borrower(guarantor.loan, text, name=guarantor.member.name)
    if guarantor.ending != Guarantor.Ending.WITHDREW:
        done = _("You no longer guarantee loan {number} of {name}. Thank you.")
        facts = {"number": guarantor.loan.number, "name": guarantor.loan.member.name}
        tell(guarantor.member.user, done.format(**facts), url=reverse("loans:mine"))


def guaranteed(guarantor: Guarantor) -> None:
    _borrower(guarantor.loan, _("{name} guarantees your loan {number}."), name=guarantor.member.name)


def declined(guarantor: Guarantor) -> None:
    text = _("{name} cannot guarantee your loan {number}.") + " " + _("Name somebody else on the page of the loan.")
    _borrower(guarantor.loan, text, name=guarantor.member.name)


def asked_again(row: RenewedGuarantee) -> None:
    loan = row.restructuring.loan
    text = _("More would be owed on loan {number} of {name}. Would you guarantee {amount}? Answer yes or no.")
    facts = {"number": loan.number, "name": loan.member.name, "amount": format_rupiah(row.amount)}
    tell(row.member.user, text.format(**facts), url=reverse("loans:renewed-guarantee", args=[row.pk]))


def guaranteed_again(row: RenewedGuarantee) -> None:
    _proposer(row, _("{name} guarantees the higher amount of loan {number}."))


def declined_again(row: RenewedGuarantee) -> None:
    _proposer(row, _("{name} does not guarantee the higher amount of loan {number}. Ask another member."))


def _proposer(row: RenewedGuarantee, text: str) -> None:
    terms = row.restructuring
    said = text.format(name=row.member.name, number=terms.loan.number)
    tell(terms.proposed_by, said, url=reverse("loans:restructuring", args=[terms.pk]))


def approved(loan: Loan) -> None:
    text = _("Your loan {number} of {amount} is approved. Come to the treasurer to receive it.")
    _borrower(loan, text, amount=format_rupiah(loan.principal))


def refused(loan: Loan) -> None:
    _borrower(loan, _("Your loan application {number} was not granted: {reason}"), reason=loan.refusal_reason)


def disbursed(loan: Loan) -> None:
    _borrower(loan, _("Loan {number} is paid out: {amount}. See the schedule."), amount=format_rupiah(loan.net))


def restructured(loan: Loan, terms: Restructuring) -> None:
    text = _("Loan {number} has new terms: {amount} over {count} instalments, the first on {day}.")
    facts = {"amount": format_rupiah(terms.principal_after), "day": date_format(terms.first_due_on, "j F Y")}
    _borrower(loan, text, count=terms.instalments, **facts)


def written_off(loan: Loan, claim: int) -> None:
    text = _("Loan {number} was taken out of the books. {amount} is still owed; talk to the treasurer about a way.")
    _borrower(loan, text, amount=format_rupiah(claim))


def forgiven(loan: Loan, left: int) -> None:
    text = _("The members have waived what was left of loan {number}, {amount}. Nothing more is owed on it.")
    _borrower(loan, text, amount=format_rupiah(left))


def _borrower(loan: Loan, text: str, **facts) -> None:
    tell(loan.member.user, text.format(number=loan.number, **facts)[:300], url=_page(loan))


def _page(loan: Loan) -> str:
    return reverse("loans:detail", args=[loan.pk])
