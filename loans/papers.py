"""What leaves the house about loans: the schedule as PDF, lists as sheets, the words of a reminder."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_percent, format_rupiah
from core.workbook import Column, Sheet
from loans import history, quality, queries
from loans.explanation import percent
from loans.models import Loan


def reminder(late: queries.LoanStanding) -> str:
    """The WhatsApp words: friendly, with the amount and since when."""
    return _(
        "Good day {name}. A reminder from KOKKMAS: the instalment of {day} on loan {number} is open, together "
        "{amount}. You can pay it to the treasurer or at the meeting on the 12th. If something has come up, talk to "
        "us. Thank you."
    ).format(
        name=late.name,
        day=date_format(late.first_due_on, "j F Y"),
        number=late.number,
        amount=format_rupiah(late.overdue),
    )


def arrears_sheet(rows: list[queries.LoanStanding], *, on: datetime.date) -> Sheet:
    return Sheet(
        _("Arrears on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Loan")),
            Column(_("Name")),
            Column(_("Telephone")),
            Column(_("Kind of loan")),
            Column(_("Late since"), "date"),
            Column(_("Days"), "number", total=False),
            Column(_("Principal"), "rupiah"),
            Column(_("Interest"), "rupiah"),
            Column(_("Overdue"), "rupiah"),
            Column(_("Outstanding"), "rupiah"),
        ],
        rows=[
            (
                row.number,
                row.name,
                str(row.phone),
                row.product,
                row.first_due_on,
                row.days,
                row.overdue_principal,
                row.overdue_interest,
                row.overdue,
                row.outstanding,
            )
            for row in rows
        ],
    )


def quality_sheets(rules: quality.CollectibilityRules, *, on: datetime.date) -> list[Sheet]:
    """The classes with their sums and ratios, and every running loan with its class."""
    sums, lead = quality.portfolio(rules, as_of=on), str(rules.decided_in)
    loans = quality.classed(rules, as_of=on)
    ratios = [(_("Non-performing"), sums.non_performing_ratio), (_("Risk of the loans (RPM)"), sums.risk_ratio)]
    ratios += [
        (_("Owed on loans over {days} days late").format(days=days), ratio) for days, _amount, ratio in sums.at_risk
    ]
    return [
        Sheet(
            _("Classes"),
            columns=[
                Column(_("Class")),
                Column(_("Loans"), "number"),
                Column(_("Outstanding"), "rupiah"),
                Column(_("Set aside"), "rupiah"),
            ],
            rows=[(str(row.label), row.loans, row.outstanding, row.provision) for row in sums.classes],
            heading=_("Classes of loans on {day}").format(day=date_format(on, "j F Y")),
            lead=lead,
            notes=[f"{label}: {format_percent(round(ratio * 10_000))}" for label, ratio in ratios],
        ),
        Sheet(
            _("Loans"),
            columns=[
                Column(_("Loan")),
                Column(_("Member")),
                Column(_("Kind of loan")),
                Column(_("Class")),
                Column(_("Late since"), "date"),
                Column(_("Days"), "number", total=False),
                Column(_("Outstanding"), "rupiah"),
                Column(_("Overdue"), "rupiah"),
                Column(_("Collateral"), "rupiah"),
                Column(_("Set aside"), "rupiah"),
            ],
            rows=[
                (
                    row.number,
                    row.name,
                    row.product,
                    str(row.label),
                    row.first_due_on,
                    row.days,
                    row.outstanding,
                    row.overdue,
                    row.collateral,
                    row.provision,
                )
                for row in loans
            ],
            heading=_("Loans by class on {day}").format(day=date_format(on, "j F Y")),
            lead=lead,
        ),
    ]


def parts_of(rows) -> dict[str, str]:
    """The columns of a schedule: administration only where there is any."""
    names = {
        "principal": _("Principal"),
        "interest": _("Interest"),
        "fee": _("Administration"),
        "total": _("Instalment"),
    }
    return names if any(row.fee for row in rows) else {key: name for key, name in names.items() if key != "fee"}


def schedule_response(loan: Loan, *, on: datetime.date, version: int = 1):
    """The schedule as a PDF to print or to keep."""
    return download(
        pdf("loans/schedule.typ", schedule_facts(loan, on=on, version=version)),
        f"jadwal-{loan.number}.pdf",
        inline=True,
    )


def schedule_facts(loan: Loan, *, on: datetime.date, version: int = 1) -> dict:
    rules, plan = loan.rules, queries.plan(loan, on=on)
    rows = plan.rows if version == 1 else history.stored(loan, version)
    parts = parts_of(rows)
    return {
        "on": on,
        "title": (
            _("Schedule of loan {number}") if version == 1 else _("Schedule of loan {number}, version {version}")
        ).format(number=loan.number, version=version),
        "facts": [
            [_("Member"), str(loan.member)],
            [_("Kind of loan"), str(rules.product)],
            [_("Principal"), format_rupiah(loan.principal)],
            [
                _("Interest"),
                _("{method}, {rate} a {period}").format(
                    method=rules.get_method_display(),
                    rate=percent(plan.terms.rate),
                    period=rules.get_rate_per_display(),
                ),
            ],
            [_("Disbursed on"), loan.disbursed_on or "–"],
            [_("Rules"), str(rules.decided_in)],
        ],
        "columns": [_("No."), _("Due on"), *parts.values(), _("Balance")],
        "rows": [
            [
                str(row.number),
                date_format(row.due_on, "d/m/y"),
                *(getattr(row, part) for part in parts),
                row.balance,
            ]
            for row in rows
        ],
        "total": ["", _("Sum"), *(sum(getattr(row, part) for row in rows) for part in parts), None],
        "place": f"Yogyakarta, {date_format(loan.disbursed_on or on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": loan.member.name}],
    }
