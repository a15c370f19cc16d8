"""What the services of the activities share: paying out from a source, and reversing it."""

import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Source
from activities.models.common import PaidOut
from activities.queries import fund_part
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.channels import account_of
from ledger.models import Account, Entry, Receipt, Unit
from ledger.services import Posting, credit, debit
from members.models import Member

FUND_UNITS = (Unit.UMUM, Unit.USP)
"""A fund stands in the books of both units (dues in one, SHU in the other). The general unit's part is used first."""


def pay_from(
    source: str,
    *,
    account: str,
    amount: int,
    channel: str,
    reference: str,
    payee: str,
    purpose: str,
    on: datetime.date,
    by: User,
    member: Member | None = None,
) -> dict:
    """Pay from the money of the general unit, as an expense on `account` or out of the fund of `source`.

    What the fund has in the savings and loan unit is owed by that unit to the general one. Gives entry, fund_entry and
    receipt, for the row that keeps them. Raises ActivityRefused for more than the fund holds.
    """
    memo = f"{purpose}: {payee}"[:200]
    lines, fund_entry = [debit(account, amount, member=member)], None
    if fund := Source(source).fund:
        own, other = _parts(Source(source), amount, on)
        lines = [debit(code, part) for code, part in ((fund, own), (chart.INTER_UNIT, other)) if part]
        if other:
            what, key, _verb = reference.split(":")
            drawn = [debit(fund, other), credit(chart.INTER_UNIT, other)]
            fund_entry = _post(Unit.USP, f"{what}:{key}:drawn", memo, drawn, on, by)
    lines.append(credit(account_of(channel), amount))
    entry = _post(Unit.UMUM, reference, memo, lines, on, by)
    receipt = ledger.issue_receipt(
        entry, party=payee, member=member, purpose=purpose, amount=amount, direction=Receipt.Direction.OUT, by=by
    )
    return {"entry": entry, "fund_entry": fund_entry, "receipt": receipt}


def reverse_paid(row: PaidOut, *, on: datetime.date, reason: str, by: User) -> PaidOut:
    """Reverse what was paid, in both units; only noted where nothing was. `row` is locked by the caller."""
    changed = row.mark_reversed(on=on, by=by, reason=reason, refused=ActivityRefused)
    for entry in filter(None, (row.entry, row.fund_entry)):
        ledger.reverse(entry, on=on, reason=row.reversal_reason, by=by)
    row.save(update_fields=changed)
    return row


def _post(unit: str, reference: str, memo: str, lines: list[Posting], on: datetime.date, by: User) -> Entry:
    return ledger.post_entry(unit=unit, on=on, reference=reference, memo=memo, lines=lines, by=by)


def _parts(source: Source, amount: int, on: datetime.date) -> tuple[int, int]:
    """How much of `amount` each unit's part of the fund gives."""
    # The accounts' rows stand for the fund: whoever spends from it waits here, and then reads what is left.
    list(Account.objects.select_for_update(no_key=True).filter(code=source.fund).order_by("pk"))
    own, other = (fund_part(source.fund, unit, on=on) for unit in FUND_UNITS)
    if amount > own + other:
        raise ActivityRefused(
            _("{fund}: {holds} is left. Pay the rest from the running expenses.").format(
                fund=capfirst(source.label), holds=format_rupiah(own + other)
            ),
            field="amount",
        )
    return min(amount, own), max(amount - own, 0)
