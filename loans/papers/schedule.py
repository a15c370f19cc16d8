"""The schedule of a loan, to print."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_rupiah
from loans import queries
from loans.arithmetic.explanation import percent
from loans.models import Loan


def schedule_table(rows: Sequence) -> dict:
    """Columns, rows and sums of a schedule on any paper: administration only where there is any."""
    parts = {
        "principal": _("Principal"),
        "interest": _("Interest"),
        "fee": _("Administration"),
        "total": _("Instalment"),
    }
    if not any(row.fee for row in rows):
        del parts["fee"]
    balance, table = sum(row.principal for row in rows), []
    for row in rows:
        balance -= row.principal
        sums = (getattr(row, part) for part in parts)
        table.append([str(row.number), date_format(row.due_on, "d/m/y"), *sums, balance])
    return {
        "columns": [_("No."), _("Due on"), *parts.values(), _("Balance")],
        "rows": table,
        "total": ["", _("Sum"), *(sum(getattr(row, part) for row in rows) for part in parts), None],
    }


def schedule_response(loan: Loan, *, on: datetime.date, version: int = 1):
    """The schedule as a PDF to print or to keep."""
    return download(
        pdf("loans/schedule/schedule.typ", schedule_facts(loan, on=on, version=version)),
        f"jadwal-{loan.number}.pdf",
        inline=True,
    )


def schedule_facts(loan: Loan, *, on: datetime.date, version: int = 1) -> dict:
    rules, plan = loan.rules, queries.plan(loan, on=on)
    rows = plan.rows if version == 1 else queries.stored_schedule(loan, version)
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
        **schedule_table(rows),
        "place": f"Yogyakarta, {date_format(loan.disbursed_on or on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": loan.member.name}],
    }
