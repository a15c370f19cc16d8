"""The ceiling for loans to those who decide about loans."""

import datetime

from django.utils.translation import gettext as _

from core.money import format_percent, format_rupiah
from loans import queries
from loans.models import Loan
from loans.services.common import LoanRefused


def refuse_above_ceiling(loan: Loan, on: datetime.date, *, owing: int | None = None) -> None:
    """Loans to those who decide about loans stay below their part of the own capital."""
    related = queries.related_party(loan, as_of=on, owing=owing)
    if related and not related.fits:
        raise LoanRefused(
            _(
                "With this loan officers and supervisors would owe {owed}; at most {ceiling} is allowed, {percent} of "
                "the own capital of {capital}. Wait until others have paid back."
            ).format(
                owed=format_rupiah(related.with_this),
                ceiling=format_rupiah(related.ceiling),
                percent=format_percent(related.rules.ceiling_bp),
                capital=format_rupiah(related.capital),
            )
        )
