"""Where a figure of the monthly report comes from: the page that shows what it sums."""

from django.urls import reverse
from django.utils.http import urlencode

from ledger import chart
from reports.statements import Month

INCOME = {"income_month", "expenses_month", "result_month"}
POSITION = {"assets", "liabilities", "equity"}
ROOMS = {
    "savings_principal": "savings:list",
    "savings_mandatory": "savings:list",
    "savings_voluntary": "savings:list",
    "savings_term": "savings:term-deposits",
    "loans_disbursed": "loans:list",
    "loans_paid": "loans:list",
    "loans_closing": "loans:list",
    "loans_late": "loans:arrears",
    "interest_late": "loans:arrears",
    "loans_bad": "loans:collectibility",
    "set_aside": "loans:collectibility",
    "loans_written_off": "loans:write-offs",
    "loans_added": "loans:restructurings",
    "dues_month": "activities:dues",
    "dues_owed": "activities:dues",
}


def link(key: str, unit: str, month: Month) -> str:
    """The address behind the figure `key` of `unit`."""
    if key in POSITION:
        return _page("ledger:balance-sheet", unit=unit, as_of=month.last)
    if key in INCOME:
        return _page("ledger:income-statement", unit=unit, first=month.month, last=month.last)
    if key == "result_year":
        return _page("ledger:income-statement", unit=unit, first=month.month.replace(month=1), last=month.last)
    if key.startswith("cash_"):
        cash = month.account(unit, chart.CASH)
        return _page("ledger:account", cash.account_id, first=month.month, last=month.last)
    if key == "makers_waiting":
        payable = month.account(unit, chart.MAKERS_PAYABLE)
        return _page("ledger:account", payable.account_id, first=month.month, last=month.last)
    if key in ROOMS:
        return reverse(ROOMS[key])
    return ""


def _page(name, *args, **query):
    return f"{reverse(name, args=args)}?{urlencode(query)}"
