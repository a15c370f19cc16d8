"""A schedule in words and numbers: how every interest and principal came about, so that anybody can work it out again.

And the steps of a loan: what is done, what comes next, and who may do it.
"""

import calendar
import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_number
from loans.daycount import NOMINAL_DAYS, YEAR_DAYS, DayCount
from loans.models import Loan
from loans.schedule import Method, Row, Schedule


@dataclass(frozen=True)
class Step:
    """`state` is done, current or empty (still to come); `note` says when it was done, or who may do it."""

    state: str
    label: str
    note: str


def percent(rate: Fraction) -> str:
    """`1,5 %`; at most six decimals, which is exact for every rate the rules can hold."""
    text = f"{float(rate * 100):.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") + "\u00a0%"


def year_part(row: Row, plan: Schedule) -> str:
    """The part of a year a period is, as one would write it: `31/365`."""
    terms = plan.terms
    if terms.day_count in YEAR_DAYS:
        return f"{row.days}/{YEAR_DAYS[terms.day_count]}"
    if terms.day_count == DayCount.THIRTY_360:
        part = row.rate / terms.rate_per_year if terms.rate else Fraction(terms.every * NOMINAL_DAYS[terms.period], 360)
        return f"{int(part * 360)}/360"
    if row.start_on.year == row.due_on.year:
        return f"{row.days}/{_year_days(row.due_on.year)}"
    new_year = datetime.date(row.due_on.year, 1, 1)
    before, after = (new_year - row.start_on).days, (row.due_on - new_year).days
    return f"({before}/{_year_days(row.start_on.year)} + {after}/{_year_days(row.due_on.year)})"


def rate_of(row: Row, plan: Schedule) -> str:
    """The rate of a period: `1,5 %` where a month is a twelfth of a year, else `18 % × 31/365`."""
    if plan.terms.day_count == DayCount.THIRTY_360 and (row.rate * 10_000_000).denominator == 1:
        return percent(row.rate)
    return f"{percent(plan.terms.rate_per_year)} × {year_part(row, plan)}"


def interest_formula(row: Row, plan: Schedule) -> str:
    terms = plan.terms
    if terms.method != Method.FLAT:
        return f"{format_number(row.opening)} × {rate_of(row, plan)}"
    rates = {each.rate for each in plan.rows}
    if len(rates) == 1 and row.number < len(plan.rows):
        return f"{format_number(terms.principal)} × {rate_of(row, plan)}"
    share = f"{format_number(plan.interest)} ÷ {terms.instalments}"
    others = plan.interest - row.interest
    if row.number == len(plan.rows) and row.interest != plan.rows[0].interest:
        return f"{format_number(plan.interest)} − {format_number(others)}"
    return share if len(rates) > 1 else f"{format_number(terms.principal)} × {rate_of(row, plan)}"


def principal_formula(row: Row, plan: Schedule) -> str:
    terms = plan.terms
    if row.number <= terms.principal_grace:
        return _("not yet (grace)")
    if row.number == len(plan.rows):
        return _("the rest")
    if row.principal == row.opening:
        return _("all that is left")
    if terms.method == Method.ANNUITY or terms.instalment_multiple:
        return f"{format_number(row.principal + row.interest)} − {format_number(row.interest)}"
    return f"{format_number(terms.principal)} ÷ {terms.instalments - terms.principal_grace}"


def explained(plan: Schedule) -> list[tuple[Row, str, str]]:
    """Every row with the formula of its interest and of its principal."""
    return [(row, interest_formula(row, plan), principal_formula(row, plan)) for row in plan.rows]


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
            "current", _("Decision"), _("{names} said yes; somebody else must agree as well").format(names=names)
        )
    note = (
        _("two officers who did not write it down")
        if loan.rules.approvals_needed(loan.principal) > 1
        else _("an officer who did not write it down")
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


def _year_days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
