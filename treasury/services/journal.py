"""Entries by hand: numbered without gaps, with their paper, above the limit with a second approval."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core import audit
from core.models import StoredFile, User
from core.money import format_rupiah
from core.services import store
from core.uploads import Upload
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.errors import REFUSALS
from ledger.models import Unit
from ledger.services import Posting
from treasury.errors import TreasuryRefused
from treasury.models import Journal, PaymentKind, PaymentRequest
from treasury.services.spending import pay


@transaction.atomic
def record_journal(
    *,
    unit: str,
    memo: str,
    lines: Sequence[Posting],
    on: datetime.date,
    by: User,
    paper: Upload | None = None,
) -> Journal | PaymentRequest:
    """Post lines by hand; above the limit, whether money moves or not, they wait for a second approval instead.

    Raises TreasuryRefused for lines that make no entry and for accounts that other books keep, which the database
    refuses too: a request must not wait with what cannot be posted.
    """
    if rule := _broken(lines):
        raise TreasuryRefused(str(REFUSALS[rule]))
    return pay(
        PaymentKind.JOURNAL,
        amount=sum(line.debit for line in lines),
        channel=_channel(lines),
        payee=str(Unit(unit).label),
        purpose=memo,
        paper=store(paper, by=by) if paper else None,
        on=on,
        by=by,
        unit=unit,
        lines=[[line.code, line.debit, line.credit] for line in lines],
    )


@transaction.atomic
def post_journal(
    *,
    unit: str,
    lines: Sequence[tuple[str, int, int]],
    amount: int,
    purpose: str,
    paper: StoredFile | None,
    on: datetime.date,
    by: User,
    **_ignored,
) -> Journal:
    """Number and post an entry by hand: the hook `payments.journal`."""
    number = f"{on.year}-{ledger.next_number('JU', on=on):04}"
    entry = ledger.post_entry(
        unit=unit,
        on=on,
        reference=f"journal:{number}",
        memo=purpose,
        lines=[Posting(code, debit, credit, None) for code, debit, credit in lines],
        by=by,
    )
    journal = Journal.objects.create(
        number=f"JU-{number}", unit=unit, memo=purpose, amount=amount, paper=paper, entry=entry, on=on, by=by
    )
    audit.record("journal.posted", journal, by=by, amount=format_rupiah(amount), memo=purpose)
    return journal


@transaction.atomic
def reverse_journal(journal: Journal, *, reason: str, on: datetime.date, by: User) -> Journal:
    """Undo an entry by hand; it keeps its number. Never by whoever posted it."""
    journal = Journal.objects.select_for_update(no_key=True, of=["self"]).select_related("entry").get(pk=journal.pk)
    changed = journal.mark_reversed(on=on, by=by, reason=reason, refused=TreasuryRefused)
    ledger.reverse(journal.entry, on=on, reason=journal.reversal_reason, by=by)
    journal.save(update_fields=changed)
    words = {"amount": format_rupiah(journal.amount), "reason": journal.reversal_reason}
    audit.record("journal.reversed", journal, by=by, **words)
    return journal


def _broken(lines: Sequence[Posting]) -> str | None:
    """The rule of the books that the lines break."""
    if len(lines) < 2:
        return "ledger_entry_two_lines"
    if sum(line.debit - line.credit for line in lines):
        return "ledger_entry_balanced"
    if not {line.code for line in lines} <= {account.code for account in chart.BY_HAND} | set(chart.FURTHER_BANKS):
        return "ledger_line_control_by_its_book"
    return None


def _channel(lines: Sequence[Posting]) -> Channel:
    """The way in which the money of the entry goes, by which the rules limit it; most entries by hand move none."""
    money = sorted((-line.credit, line.code) for line in lines if line.code in chart.MONEY)
    if not money:
        return Channel.NOTHING
    return Channel.CASH if money[0][1] == chart.CASH else Channel.BANK
