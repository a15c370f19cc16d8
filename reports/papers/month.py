"""The summary of a month on paper, to be signed."""

from django.conf import settings
from django.utils.translation import gettext as _

from core import documents
from core.dates import long_date, month_name
from ledger import papers as ledger_papers
from reports.statements import Month
from reports.summary import short, summary


def paper(month: Month, *, signatories: list[tuple[str, str]], failed_checks: int) -> bytes:
    """The month's summary as PDF, A4, with the place for the signatures of `signatories` (office, name)."""
    return documents.pdf(
        "reports/monthly.typ",
        {
            "on": month.last,
            "title": _("Monthly report {month}").format(month=month_name(month.month)),
            "lead": _("As at {last}, in rupiah (Rp)").format(last=long_date(month.last)),
            "columns": [_("What"), short("usp"), short("umum"), _("Both units")],
            "groups": [
                {
                    "title": group.title,
                    "rows": [[line.label, line.usp, line.umum, line.together] for line in group.lines],
                    "sums": [index for index, line in enumerate(group.lines) if line.is_sum],
                }
                for group in summary(month)
            ],
            "checks": _("The books were checked when this report was made: every check passed.")
            if not failed_checks
            else _("Attention: {count} checks of the books did not pass when this report was made.").format(
                count=failed_checks
            ),
            "is_sound": not failed_checks,
            "place": _("{place}, {day}").format(place=settings.COOPERATIVE_CITY, day=long_date(month.last)),
            "seals": ledger_papers.seals(until=month.last),
            "signatures": [{"office": office, "name": name} for office, name in signatories],
        },
    )
