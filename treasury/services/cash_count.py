"""Counting the cash box: what is there, what the books say, and the difference booked with its reason."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.reversal import given_reason
from ledger import chart
from ledger import queries as ledger
from ledger.services import credit, debit, post_entry
from treasury.arithmetic import cash_count as arithmetic
from treasury.errors import TreasuryRefused
from treasury.models import CashCount


@transaction.atomic
def count_cash(
    *, unit: str, pieces: dict[int, int], witness: str, reason: str = "", on: datetime.date, by: User
) -> CashCount:
    """Write down a count. A difference to the books is posted to account 5207 at once, with its reason.

    Raises TreasuryRefused without a witness, where `by` is the witness, or where a difference has no reason.
    """
    if not witness.strip() or witness.strip() == by.name:
        raise TreasuryRefused(_("Somebody else counts along. Name the witness."), field="witness")
    counted, book = arithmetic.total(pieces), ledger.account_balance(unit, chart.CASH, as_of=on)
    difference = counted - book
    row = CashCount(
        pk=sql.next_pk(CashCount),
        unit=unit,
        on=on,
        pieces={str(value): count for value, count in pieces.items() if count},
        counted=counted,
        book=book,
        difference=difference,
        reason=given_reason(reason, TreasuryRefused) if difference else "",
        by=by,
        witness=witness.strip(),
    )
    if difference:
        over = difference > 0
        first, second = (chart.CASH, chart.CASH_DIFFERENCES) if over else (chart.CASH_DIFFERENCES, chart.CASH)
        row.entry = post_entry(
            unit=unit,
            on=on,
            reference=f"cash_count:{row.pk}",
            memo=_("Cash difference: {reason}").format(reason=row.reason)[:200],
            lines=[debit(first, abs(difference)), credit(second, abs(difference))],
            by=by,
        )
    row.save(force_insert=True)
    audit.record(
        "cash.counted",
        row,
        by=by,
        counted=format_rupiah(counted),
        book=format_rupiah(book),
        difference=difference,
        reason=row.reason,
    )
    return row
