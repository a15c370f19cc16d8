"""May this member have this loan? Every rule of the product, with pass or fail and the figures behind it."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import add_months
from core.money import format_rupiah
from loans import queries
from loans.models import Loan
from loans.rules import LoanProduct, LoanRules
from members.models import Member
from savings import queries as savings


@dataclass(frozen=True)
class Check:
    """One rule: what it asks, whether it is met, and why in a sentence that says what would help."""

    rule: str
    passed: bool
    explanation: str


def eligibility(
    member: Member,
    *,
    product: LoanProduct,
    principal: int,
    instalments: int,
    as_of: datetime.date,
    without: Loan | None = None,
) -> list[Check]:
    """Every rule in force on `as_of`, in the order in which an officer would ask. `without` is a loan not to count.

    Raises LoanRules.DoesNotExist before the first rules of the product.
    """
    rules = product.rules.in_force(as_of)
    checks = [
        _member(member, rules, as_of),
        _amount(rules, principal),
        _instalments(rules, instalments),
        _mandatory_savings(member, rules, as_of),
        _savings_multiple(member, rules, principal, as_of),
        _running_loans(member, rules, without),
        _arrears(member, rules, as_of),
    ]
    return [check for check in checks if check]


def _member(member: Member, rules: LoanRules, as_of: datetime.date) -> Check:
    rule = (
        _("Member for at least {months} months").format(months=rules.membership_months)
        if rules.membership_months
        else _("Member of the cooperative")
    )
    if not member.entered_on or member.entered_on > as_of or (member.left_on and member.left_on <= as_of):
        return Check(rule, False, _("Loans are for members only. Membership starts with the first savings."))
    since = date_format(member.entered_on, "j F Y")
    enough_on = add_months(member.entered_on, rules.membership_months)
    if enough_on > as_of:
        return Check(
            rule,
            False,
            _("Member since {since}; a loan is possible from {day} on.").format(
                since=since, day=date_format(enough_on, "j F Y")
            ),
        )
    return Check(rule, True, _("Member since {since}.").format(since=since))


def _amount(rules: LoanRules, principal: int) -> Check:
    least, most = format_rupiah(rules.least_amount), format_rupiah(rules.most_amount)
    rule = _("Amount from {least} to {most}").format(least=least, most=most)
    if principal > rules.most_amount:
        why = _("{amount} is more than this product lends. Ask for {most} or less.").format(
            amount=format_rupiah(principal), most=most
        )
    elif principal < rules.least_amount:
        why = _("{amount} is less than this product lends. Ask for {least} or more.").format(
            amount=format_rupiah(principal), least=least
        )
    else:
        return Check(rule, True, _("You ask for {amount}.").format(amount=format_rupiah(principal)))
    return Check(rule, False, why)


def _instalments(rules: LoanRules, instalments: int) -> Check:
    passed = rules.least_instalments <= instalments <= rules.most_instalments
    return Check(
        _("From {least} to {most} instalments").format(least=rules.least_instalments, most=rules.most_instalments),
        passed,
        _("You choose {count} instalments.").format(count=instalments)
        if passed
        else _("{count} instalments are outside this range. Choose another number.").format(count=instalments),
    )


def _mandatory_savings(member: Member, rules: LoanRules, as_of: datetime.date) -> Check | None:
    if not rules.mandatory_savings_paid:
        return None
    owed = savings.mandatory_owed(member, as_of=as_of)
    return Check(
        _("Mandatory savings are paid up"),
        not owed,
        _("{amount} of mandatory savings is not paid yet. Pay it to the treasurer first.").format(
            amount=format_rupiah(owed)
        )
        if owed
        else _("Nothing is owed."),
    )


def _savings_multiple(member: Member, rules: LoanRules, principal: int, as_of: datetime.date) -> Check | None:
    if rules.savings_multiple is None:
        return None
    saved = savings.balances(member, as_of=as_of).total
    most, times = int(saved * rules.savings_multiple), rules.savings_times
    facts = {"saved": format_rupiah(saved), "times": times, "most": format_rupiah(most)}
    return Check(
        _("At most {times} times your savings").format(times=times),
        principal <= most,
        _("{saved} saved × {times} = {most}.").format(**facts)
        if principal <= most
        else _("{saved} saved × {times} = {most}. Ask for less, or save more first.").format(**facts),
    )


def _running_loans(member: Member, rules: LoanRules, without: Loan | None) -> Check:
    count = queries.open_loans(member, without=without)
    passed = count < rules.most_running_loans
    return Check(
        ngettext(
            "No more than {count} loan at a time", "No more than {count} loans at a time", rules.most_running_loans
        ).format(count=rules.most_running_loans),
        passed,
        ngettext("{count} loan is applied for or running.", "{count} loans are applied for or running.", count).format(
            count=count
        )
        + ("" if passed else " " + _("Pay one off before you ask for the next.")),
    )


def _arrears(member: Member, rules: LoanRules, as_of: datetime.date) -> Check | None:
    if not rules.no_arrears:
        return None
    late = queries.arrears(as_of=as_of, member=member)
    overdue = sum(loan.overdue for loan in late)
    return Check(
        _("No instalment is overdue"),
        not late,
        _("{amount} is overdue since {day}. Pay it first.").format(
            amount=format_rupiah(overdue), day=date_format(late[0].first_due_on, "j F Y")
        )
        if late
        else _("Nothing is overdue."),
    )
