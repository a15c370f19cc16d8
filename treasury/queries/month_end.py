"""What the end of a month still lacks: the cash box counted, every bank account reconciled, nothing left waiting."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import dates
from core.dates import long_date
from core.money import format_rupiah
from ledger import chart
from ledger import queries as ledger
from ledger.models import Period
from treasury.models import BankAccount, CashCount, MonthEndRules, PaymentRequest
from treasury.queries.bank_account import open_accounts
from treasury.queries.bank_statement import reconciliation
from treasury.queries.cash_count import counted_on


@dataclass(frozen=True)
class Missing:
    """One thing that the month lacks, in a sentence; `bank_account` where it is that account's."""

    sentence: str
    bank_account: BankAccount | None = None


def is_refused(unit: str, month: datetime.date) -> bool:
    """Whether the close is refused while something is missing: by the rules in force, and from the first count on.

    A cooperative that has never counted closes its old months with a warning.
    """
    end = dates.month_end(month)
    rules = MonthEndRules.objects.current(end)
    return rules.missing == rules.Missing.REFUSE and CashCount.objects.filter(unit=unit, on__lte=end).exists()


def missing(unit: str, month: datetime.date) -> list[Missing]:
    """What the close of a month asks for and does not find: as at its last day, the count and every reconciliation."""
    end = dates.month_end(month)
    found = [_count(unit, end)]
    found += [_reconciliation(bank, end) for bank in open_accounts(as_of=end, unit=unit)]
    return [each for each in found if each]


def waiting(month: datetime.date) -> str:
    """The sentence about payments of the month that still wait for a second approval; nothing where none does."""
    count = PaymentRequest.objects.waiting().filter(on__lte=dates.month_end(month)).count()
    if not count:
        return ""
    return ngettext(
        "{count} payment of this month waits for a second approval. It is booked on the day it is confirmed.",
        "{count} payments of this month wait for a second approval. They are booked on the day they are confirmed.",
        count,
    ).format(count=count)


def counts_due(*, as_of: datetime.date) -> list[Missing]:
    """The counts of the last month end that the treasurer still owes, of units that have begun to count."""
    month = dates.add_months(dates.month_start(as_of + datetime.timedelta(days=1)), -1)
    open_units = Period.objects.filter(month=month, closed_on=None).order_by("unit").values_list("unit", flat=True)
    found = [_count(unit, dates.month_end(month)) for unit in open_units if is_refused(unit, month)]
    return [each for each in found if each]


def _count(unit: str, end: datetime.date) -> Missing | None:
    count = counted_on(unit, on=end)
    if count is None:
        return Missing(_("The cash box was not counted on {day}.").format(day=long_date(end)))
    book = ledger.account_balance(unit, chart.CASH, as_of=end)
    if book == count.counted:
        return None
    return Missing(
        _("After the count of {day} the cash in the books has changed from {counted} to {book}. Count again.").format(
            day=long_date(end), counted=format_rupiah(count.counted), book=format_rupiah(book)
        )
    )


def _reconciliation(bank: BankAccount, end: datetime.date) -> Missing | None:
    found = reconciliation(bank, as_of=end)
    if found is None or found.on < end:
        said = _("There is no statement of {bank} until {day}.").format(bank=bank, day=long_date(end))
    elif found.difference:
        said = _("{bank}: {amount} between bank and books is unexplained.").format(
            bank=bank, amount=format_rupiah(found.difference)
        )
    elif found.only_bank_count:
        said = ngettext(
            "{bank}: {count} movement at the bank is not in the books.",
            "{bank}: {count} movements at the bank are not in the books.",
            found.only_bank_count,
        ).format(bank=bank, count=found.only_bank_count)
    else:
        return None
    return Missing(said, bank)
