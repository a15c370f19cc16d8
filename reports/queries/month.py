"""What the reports read: everybody's models and queries, no services. A month costs the same number of questions

whatever stands in the books.
"""

import datetime

from activities import queries as activities
from core import dates, sql
from core.permissions import Role
from governance.models import Office
from ledger import chart
from ledger import queries as ledger
from ledger.models import Period, Unit
from loans import queries as loans
from loans.models import CollectibilityRules
from reports.statements import AccountMonth, Month


def month(first: datetime.date) -> Month:
    """All figures of the month that starts on `first`, in both units."""
    last = dates.month_end(first)
    return Month(
        month=first,
        last=last,
        accounts={unit: accounts(unit, first=first, last=last) for unit in Unit.values},
        cash={unit: ledger.cash_book(unit, first=first, last=last) for unit in Unit.values},
        savings=sql.rows("reports/sql/savings.sql", month=first, last=last),
        loans=sql.rows("reports/sql/loans.sql", month=first, last=last),
        arrears=loans.arrears(as_of=last),
        dues=sql.rows("reports/sql/dues.sql", month=first, last=last),
        unpaid_dues=activities.unpaid_dues(as_of=last),
        surplus=sql.rows("reports/sql/surplus.sql", month=first, last=last),
        interest=sql.rows("reports/sql/savings_interest.sql", month=first, last=last),
        **classes(as_of=last),
    )


def classes(*, as_of: datetime.date) -> dict:
    """The classes of the loans under the rules in force, and whether the month's run has set aside for them."""
    rules = CollectibilityRules.objects.current(as_of)
    if rules is None:
        return {}
    run = loans.last_provision(as_of=as_of)
    return {"classes": loans.classed(rules, as_of=as_of), "is_provided": bool(run and run.on == as_of)}


def accounts(unit: str, *, first: datetime.date, last: datetime.date) -> list[AccountMonth]:
    """Every account of the unit with its month, by code."""
    before_month = _balances(unit, as_of=first - datetime.timedelta(days=1))
    before_year = _balances(unit, as_of=datetime.date(first.year - 1, 12, 31))
    moved = {row.account_id: row for row in ledger.movements(unit, first=first, last=last)}
    return [
        AccountMonth(
            account_id=row.account_id,
            unit=unit,
            code=row.code,
            name=row.name,
            kind=row.kind,
            before_year=before_year[row.account_id].debit - before_year[row.account_id].credit,
            before_month=row.debit - row.credit,
            debit=moved[row.account_id].debit,
            credit=moved[row.account_id].credit,
        )
        for row in before_month.values()
    ]


def _balances(unit, *, as_of):
    return {row.account_id: row for row in ledger.trial_balance(unit, as_of=as_of)}


def course(month: datetime.date) -> list:
    """Twelve months up to `month`: cash, savings, loans at their ends, income and expenses of each."""
    return sql.rows(
        "reports/sql/course.sql",
        month=month,
        last=dates.month_end(month),
        cash=list(chart.MONEY),
        savings=[chart.PRINCIPAL_SAVINGS, chart.MANDATORY_SAVINGS, chart.VOLUNTARY_SAVINGS, chart.TERM_SAVINGS],
        loans=chart.LOANS_RECEIVABLE,
    )


def closed_units(month: datetime.date) -> set[str]:
    """The units whose books of the month are closed."""
    return set(Period.objects.filter(month=month, closed_on__isnull=False).values_list("unit", flat=True))


def signatories(*, as_of: datetime.date) -> list[tuple[str, str]]:
    """Office and name of who signs the books: treasurer, chair and supervisors, as elected on `as_of`."""
    order = [Role.TREASURER, Role.CHAIR, Role.SUPERVISOR]
    held = Office.objects.held(as_of=as_of).filter(role__in=order).select_related("member").order_by("pk")
    found = [(office.role, office.member.name) for office in held]
    found += [(role, "") for role in order if role not in {role for role, _name in found}]
    return [(str(Role(role).label), name) for role, name in sorted(found, key=lambda pair: order.index(pair[0]))]


def months(*, as_of: datetime.date) -> list[datetime.date]:
    """The months there are books for, newest first, up to that of `as_of`."""
    return list(Period.objects.filter(month__lte=as_of).order_by("-month").values_list("month", flat=True).distinct())
