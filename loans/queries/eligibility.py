"""May this member have this loan? Every rule of the product, with pass or fail and the figures behind it."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import add_months, full_months
from core.money import format_number, format_percent, format_rupiah
from governance import queries as governance
from loans.models import Loan, LoanProduct, LoanRules
from loans.queries.arrears import arrears
from loans.queries.loan import open_loans
from loans.queries.write_off import claim_left
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
    purpose: str | None = None,
    without: Loan | None = None,
) -> list[Check]:
    """Every rule in force on `as_of`, in the order in which an officer would ask. `without` is a loan not to count;

    the purpose is asked about only where one is named.

    Raises LoanRules.DoesNotExist before the first rules of the product.
    """
    rules = product.rules.in_force(as_of)
    saved = savings.balances(member, as_of=as_of).total
    checks = [
        _member(member, rules, as_of),
        _amount(rules, principal),
        _instalments(rules, instalments),
        _purpose(rules, purpose),
        _mandatory_savings(member, rules, as_of),
        _savings_multiple(rules, principal, saved),
        _tier(member, rules, principal, saved, as_of),
        _running_loans(member, rules, without),
        _arrears(member, rules, as_of),
        _attendance(member, rules, as_of),
        _case(member, rules, as_of),
        _written_off(member, as_of),
    ]
    return [check for check in checks if check]


def eligibility_for_more(loan: Loan, owing: int, *, as_of: datetime.date) -> list[Check]:
    """The same for new money on a running loan that would then owe `owing`, under the rules of the loan."""
    rules, member = loan.rules, loan.member
    saved = savings.balances(member, as_of=as_of).total
    checks = [
        _mandatory_savings(member, rules, as_of),
        _savings_multiple(rules, owing, saved),
        _tier(member, rules, owing, saved, as_of),
        _arrears(member, rules, as_of),
        _attendance(member, rules, as_of),
        _case(member, rules, as_of),
        _written_off(member, as_of),
    ]
    return [check for check in checks if check]


def _member(member: Member, rules: LoanRules, as_of: datetime.date) -> Check:
    rule = (
        _("Member for at least {months} months").format(months=rules.membership_months)
        if rules.membership_months
        else _("Member of the cooperative")
    )
    if not member.belongs(on=as_of):
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


def _purpose(rules: LoanRules, purpose: str | None) -> Check | None:
    if purpose is None or not rules.allowed_purposes:
        return None
    passed = purpose.strip().casefold() in {allowed.casefold() for allowed in rules.allowed_purposes}
    return Check(
        _("Only for: {purposes}").format(purposes=", ".join(rules.allowed_purposes)),
        passed,
        _("You ask for: {purpose}.").format(purpose=purpose)
        if passed
        else _("“{purpose}” is none of them. Choose one of them, or another kind of loan.").format(purpose=purpose),
    )


def _savings_multiple(rules: LoanRules, principal: int, saved: int) -> Check | None:
    if rules.savings_multiple is None:
        return None
    most, times = int(saved * rules.savings_multiple), rules.savings_times
    facts = {"saved": format_rupiah(saved), "times": times, "most": format_rupiah(most)}
    return Check(
        _("At most {times} times your savings").format(times=times),
        principal <= most,
        _("{saved} saved × {times} = {most}.").format(**facts)
        if principal <= most
        else _("{saved} saved × {times} = {most}. Ask for less, or save more first.").format(**facts),
    )


def _tier(member: Member, rules: LoanRules, principal: int, saved: int, as_of: datetime.date) -> Check | None:
    """The highest amount of the tiers that membership and savings reach, and what it takes to reach a higher one."""
    tiers = list(rules.tiers.all())
    if not tiers:
        return None
    months = full_months(member.entered_on, as_of) if member.entered_on and member.entered_on <= as_of else 0
    reached = [tier for tier in tiers if tier.from_months <= months and tier.from_savings <= saved]
    most = max((tier.most_amount for tier in reached), default=0)
    standing = _("{months} months a member, {saved} saved").format(
        months=format_number(months), saved=format_rupiah(saved)
    )
    rule = _("At most the amount of your tier")
    if principal <= most:
        return Check(rule, True, _("{standing}: up to {most}.").format(standing=standing, most=format_rupiah(most)))
    higher = next((tier for tier in tiers if tier.most_amount >= principal), None)
    if not most:
        why = _("{standing}: no tier is reached yet. The first is {tier}.")
    elif higher:
        why = _("{standing}: up to {most}. For more: {tier}.")
    else:
        why = _("{standing}: up to {most}. Ask for that or less.")
    return Check(
        rule, False, why.format(standing=standing, most=format_rupiah(most), tier=higher if most else tiers[0])
    )


def _running_loans(member: Member, rules: LoanRules, without: Loan | None) -> Check:
    count = open_loans(member, without=without)
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


def _written_off(member: Member, as_of: datetime.date) -> Check | None:
    left = claim_left(member, as_of=as_of)
    if not left:
        return None
    return Check(
        _("No loan is written off"),
        False,
        _("{amount} is still owed on a loan that was written off. Talk to the treasurer about a way.").format(
            amount=format_rupiah(left)
        ),
    )


def _arrears(member: Member, rules: LoanRules, as_of: datetime.date) -> Check | None:
    if not rules.no_arrears:
        return None
    late = arrears(as_of=as_of, member=member)
    return Check(
        _("No instalment is overdue"),
        not late,
        _("{amount} is due, the oldest since {day}. Pay it first.").format(
            amount=format_rupiah(sum(loan.due for loan in late)), day=date_format(late[0].first_due_on, "j F Y")
        )
        if late
        else _("Nothing is overdue."),
    )


def _attendance(member: Member, rules: LoanRules, as_of: datetime.date) -> Check | None:
    if not rules.attendance_bp:
        return None
    attended = governance.attendance(member, months=rules.attendance_months, as_of=as_of)
    passed = attended.reaches(rules.attendance_bp)
    said = (
        _("You came to {came} of {held} meetings.").format(came=attended.came, held=attended.held)
        if attended.held
        else _("No meeting was held meanwhile.")
    )
    return Check(
        _("At {percent} of the meetings of the last {months} months").format(
            percent=format_percent(rules.attendance_bp), months=rules.attendance_months
        ),
        passed,
        said if passed else said + " " + _("Come to the next meetings, each one helps."),
    )


def _case(member: Member, rules: LoanRules, as_of: datetime.date) -> Check | None:
    """A sanction of the members bars whatever the rules of the product say; an open case where they say so."""
    barred = governance.sanction(member, as_of=as_of)
    case = barred or (governance.open_cases(member, as_of=as_of).first() if rules.no_open_case else None)
    if case is None and not rules.no_open_case:
        return None
    if case is None:
        explanation = _("There is none.")
    elif barred:
        explanation = _("In case {number} it was decided: no new loan. Talk to the chair about putting it right.")
    else:
        explanation = _("Case {number} is open. Once it is put right a loan is possible again; the chair helps.")
    return Check(_("No open case"), case is None, explanation.format(number=case and case.number))
