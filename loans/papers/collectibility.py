"""The classes of all loans as a workbook."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_percent
from core.workbook import Column, Sheet
from loans import queries
from loans.models import CollectibilityRules


def collectibility_sheets(rules: CollectibilityRules, *, on: datetime.date) -> list[Sheet]:
    """The classes with their sums and ratios, and every running loan with its class."""
    sums, lead = queries.portfolio(rules, as_of=on), str(rules.decided_in)
    loans = queries.classed(rules, as_of=on)
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
