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
from ledger.channels import Channel
from ledger.services import credit, debit, post_entry
from treasury.arithmetic import cash_count as arithmetic
from treasury.errors import TreasuryRefused
from treasury.models import CashCount, PaymentKind
from treasury.queries.spending import limit_for


@transaction.atomic
def count_cash(
    *, unit: str, pieces: dict[int, int], witness: str, reason: str = "", on: datetime.date, by: User
) -> CashCount:
    """Write down a count. A difference to the books is posted to account 5207 at once, with its reason.

    Raises TreasuryRefused without a witness, where `by` is the witness, where a difference has no reason, and where
    more is missing than one officer pays alone.
    """
    if not witness.strip() or witness.strip() == by.name:
        raise TreasuryRefused(_("Somebody else counts along. Name the witness."), field="witness")
    counted, book = arithmetic.total(pieces), ledger.account_balance(unit, chart.CASH, as_of=on)
    difference = counted - book
    _refuse_to_write_off(-difference, on=on)
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


def _refuse_to_write_off(missing: int, *, on: datetime.date) -> None:
    """Money that is missing went out of the box: above what one officer pays alone another confirms that it is gone."""
    limit = limit_for(PaymentKind.JOURNAL, Channel.CASH, on=on)
    if missing > 0 and not limit.allows_alone(missing):
        raise TreasuryRefused(
            _(
                "{missing} is missing, and one officer writes off no more than {limit}. Look for a paper that is not "
                "posted yet. Where there is none, post a journal from cash to account 5207, which another officer "
                "confirms, and count again."
            ).format(missing=format_rupiah(missing), limit=format_rupiah(limit.alone_up_to)),
            field="reason",
        )
