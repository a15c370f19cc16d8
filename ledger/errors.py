"""What the books refuse with, and a sentence for each rule of the database that a person can run into."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext, gettext_lazy

from core.dates import month_name
from core.errors import Refused
from core.money import format_rupiah


class LedgerRefused(Refused):
    """The books do not take it: a closed month, a repeated reference, an entry that does not balance."""


REFUSALS = {
    "ledger_period_open": gettext_lazy("The books of {month} are closed. Use a date in an open month."),
    "ledger_period_known": gettext_lazy(
        "There are no books for {month} yet. Check the date, or let the treasurer open the year."
    ),
    "ledger_entry_reference_once": gettext_lazy(
        "This is already in the books ({reference}). Check the history before you repeat it."
    ),
    "ledger_entry_reversed_once": gettext_lazy("This entry was reversed already."),
    "ledger_entry_two_lines": gettext_lazy("An entry needs at least two lines."),
    "ledger_entry_balanced": gettext_lazy("Debit and credit differ. Nothing was posted."),
    "ledger_line_names_member": gettext_lazy("This account is kept per member: name the member on the line."),
    "ledger_line_control_by_its_book": gettext_lazy(
        "Savings, loans, receivables and settlements are posted by their own books only. Record it there."
    ),
    "ledger_line_one_side": gettext_lazy("Every line has an amount of more than zero, on one side."),
    "ledger_period_one_per_month": gettext_lazy("This year is open already."),
    "ledger_account_never_below_zero": gettext_lazy(
        "{account} holds {there}; {missing} more is needed. Bring money in first, or choose another way of paying."
    ),
}
"""A sentence for each rule of the database that a person can run into; the others are bugs."""


@contextmanager
def refusals(*, on: datetime.date | None = None, reference: str = "") -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        diagnostics = error.__cause__.diag
        sentence = REFUSALS.get(diagnostics.constraint_name)
        if sentence is None:
            raise
        words = {"month": on and month_name(on), "reference": reference}
        if diagnostics.constraint_name == "ledger_account_never_below_zero":
            name, there, missing = diagnostics.message_detail.split("\t")
            words |= {
                "account": gettext(name),
                "there": format_rupiah(int(there)),
                "missing": format_rupiah(int(missing)),
            }
        raise LedgerRefused(sentence.format(**words)) from error
