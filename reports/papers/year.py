"""The book of the annual meeting: what the board lays before the members, as a paper to print and sign."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import long_date
from core.documents import pdf
from core.money import format_number, format_percent, format_rupiah
from ledger import papers as ledger_papers
from reports.queries.year import FINANCING, INVESTING, OPERATING, TwoYears, Year


def paper(year: Year) -> bytes:
    last = long_date(year.last)
    return pdf(
        "reports/annual.typ",
        {
            "on": year.last,
            "title": _("Annual report {year}").format(year=year.year),
            "lead": _("For the annual members' meeting, by {deadline} at the latest (UU 25/1992 art. 26)").format(
                deadline=long_date(year.last.replace(year=year.year + 1, month=6, day=30))
            ),
            "sections": [
                _members(year),
                _position(year, last),
                _income(year),
                _equity(year),
                _cash(year),
                *([_loans(year)] if year.portfolio else []),
                *([_division(year)] if year.division else []),
                _notes(year),
            ],
            "signing": _(
                "The board answers for this report. A board member who does not sign it gives the reason "
                "in writing (art. 36)."
            ),
            "signatures": _people(year.officers(supervise=False)),
            "supervising": _("Report of the supervisors (art. 39):"),
            "supervisors": _people(year.officers(supervise=True)),
            "place": f"{settings.COOPERATIVE_CITY}, ",
            "seals": ledger_papers.seals(until=year.last),
        },
    )


def _section(title: str, columns: list, rows: list, *, sums: Iterable[int] = (), note: str = "") -> dict:
    """A table of the book; `sums` are the numbers of the rows that add up those above."""
    return {"title": title, "columns": columns, "rows": rows, "sums": list(sums), "note": note}


def _years(year: Year) -> list:
    return [["", "wide"], [f"{year.year} (Rp)", "number"], [f"{year.year - 1} (Rp)", "number"]]


def _amounts(rows: list[TwoYears]) -> list[list]:
    return [[f"{row.code} {row.name}".strip(), row.now, row.before] for row in rows]


def _sum(label: str, *groups: list[TwoYears]) -> list:
    rows = [row for group in groups for row in group]
    return [label, sum(row.now for row in rows), sum(row.before for row in rows)]


def _stack(groups: list[tuple[str, list[TwoYears]]], total: tuple[str, list] | None = None) -> tuple[list, list[int]]:
    """Rows of several groups, each with its sum below, and where the sums stand."""
    rows, sums = [], []
    for label, group in groups:
        rows += _amounts(group)
        sums.append(len(rows))
        rows.append(_sum(label, group))
    if total:
        sums.append(len(rows))
        rows.append(total)
    return rows, sums


def _members(year: Year) -> dict:
    members, life = year.members, year.life
    rows = [
        [_("Members on 1 January"), format_number(members["opening"])],
        [_("Entered"), format_number(members["entered"])],
        [_("Left"), format_number(members["left"])],
        [_("Members on 31 December"), format_number(members["closing"])],
        [_("Meetings held, and members who came on average"), f"{life['meetings']} · {life['attendance']}"],
        [_("Visits to members, and what was given"), f"{life['visits']} · {format_rupiah(life['given'])}"],
        [_("Orders taken by members"), format_number(life["orders"])],
        [
            _("Deliveries of handed-over work paid, and their worth"),
            f"{life['handed_over']} · {format_rupiah(life['handed_over_amount'])}",
        ],
    ]
    return _section(_("The members and their year"), [["", "wide"], ["", "number"]], rows, sums=[3])


def _position(year: Year, last: str) -> dict:
    assets, liabilities = year.position("assets"), year.position("liabilities")
    equity = year.position("equity") + year.results
    rows, sums = _stack(
        [(_("Total assets"), assets), (_("Total liabilities"), liabilities), (_("Total own capital"), equity)],
        _sum(_("Liabilities and own capital"), liabilities, equity),
    )
    return _section(_("Financial position on {day}").format(day=last), _years(year), rows, sums=sums)


def _income(year: Year) -> dict:
    income, expenses = year.income("income"), year.income("expenses")
    surplus = [
        _("SHU before division"),
        sum(row.now for row in income) - sum(row.now for row in expenses),
        sum(row.before for row in income) - sum(row.before for row in expenses),
    ]
    rows, sums = _stack([(_("Total income"), income), (_("Total expenses"), expenses)], surplus)
    return _section(_("Income statement (PHU)"), _years(year), rows, sums=sums)


def _equity(year: Year) -> dict:
    rows = [[row.name, row.opening, row.added, row.taken, row.closing] for row in year.equity_changes]
    total = [_("Own capital"), *(sum(row[place] for row in rows) for place in range(1, 5))]
    columns = [["", "wide"], [_("1 January"), "number"], [_("Added"), "number"], [_("Taken"), "number"]]
    columns.append([_("31 December"), "number"])
    return _section(_("Changes of own capital"), columns, [*rows, total], sums=[len(rows)])


def _cash(year: Year) -> dict:
    names = {
        OPERATING: _("From the daily business"),
        INVESTING: _("From investing"),
        FINANCING: _("From own capital"),
    }
    rows, sums = [[_("Cash and bank on 1 January"), year.cash.before]], []
    for activity, label in names.items():
        flows = [flow for flow in year.cash_flows if flow.activity == activity]
        if flows:
            rows += [[flow.name, flow.amount] for flow in flows]
            sums.append(len(rows))
            rows.append([label, sum(flow.amount for flow in flows)])
    sums.append(len(rows))
    rows.append([_("Cash and bank on 31 December"), year.cash.now])
    return _section(_("Cash flows"), [["", "wide"], ["Rp", "number"]], rows, sums=sums)


def _loans(year: Year) -> dict:
    found = year.portfolio
    rows = [[capfirst(row.label), row.loans, row.outstanding, row.provision] for row in found.classes]
    total = [_("All running loans"), found.loans, found.outstanding, found.provision]
    columns = [["", "wide"], [_("Loans"), "number"], [_("Still owed (Rp)"), "number"], [_("Set aside (Rp)"), "number"]]
    note = _("Non-performing: {ratio} of what is lent, {score}.").format(
        ratio=format_percent(round(found.non_performing_ratio * 10_000)), score=found.score[1]
    )
    return _section(_("Quality of the loans"), columns, [*rows, total], sums=[len(rows)], note=note)


def _division(year: Year) -> dict:
    division = year.division
    rows = [
        [capfirst(part.get_fund_display()), format_percent(part.percentage), part.amount]
        for part in division.parts.all()
    ]
    columns = [["", "wide"], [_("Percentage"), "number"], [_("Amount, Rp"), "number"]]
    note = (
        _("Decided in {number}.").format(number=division.decided_in.number)
        if division.is_booked
        else _("A proposal: the meeting decides.")
    )
    title = _("Distribution of the SHU of {year}").format(year=year.year)
    return _section(title, columns, [*rows, [_("Sum"), "100 %", division.surplus]], sums=[len(rows)], note=note)


def _notes(year: Year) -> dict:
    rows = [
        [
            capfirst(str(rules.name)),
            long_date(rules.current.rules.in_force_from),
            rules.current.rules.decided_in.number,
        ]
        for rules in year.rules
    ]
    columns = [[_("Rules in force on 31 December"), "wide"], [_("Since"), "text"], [_("Decided in"), "text"]]
    checked = (
        _("Every check of the books passed when this report was made.")
        if not year.failed_checks
        else _("Attention: {count} checks of the books did not pass when this report was made.").format(
            count=year.failed_checks
        )
    )
    note = _(
        "Principal and mandatory savings are own capital, all other savings a debt to the members (UU 25/1992 "
        "art. 41). Income is booked when money comes in, interest that is not paid is not income. The "
        "savings-and-loan unit and the general unit keep separate books; what they owe each other is left out here."
    )
    return _section(_("Notes"), columns, rows, note=f"{note} {checked}")


def _people(pairs: list[tuple[str, str]]) -> list[dict]:
    return [{"office": office, "name": name} for office, name in pairs]
