"""Moving money between cash and bank, and between the two units."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.models import Account
from treasury.errors import TreasuryRefused
from treasury.models import PaymentKind, PaymentRequest, Transfer
from treasury.services.spending import pay

SERIES = "BPB"
"""Bukti pemindahbukuan."""


@transaction.atomic
def transfer(
    *, source: Account, target: Account, amount: int, purpose: str, on: datetime.date, by: User
) -> Transfer | PaymentRequest:
    """Move money from one account of cash or bank to another, of the other unit too.

    Raises TreasuryRefused where both are the same or one is no account of money.
    """
    if source == target:
        raise TreasuryRefused(_("Choose two different accounts."), field="target")
    if not (source.code in chart.MONEY and target.code in chart.MONEY):
        raise TreasuryRefused(_("Only cash and bank accounts are transferred between."))
    return pay(
        PaymentKind.TRANSFER,
        amount=amount,
        channel="cash" if source.code == chart.CASH else "bank",
        payee=str(target),
        purpose=purpose,
        on=on,
        by=by,
        source=source.pk,
        target=target.pk,
    )


@transaction.atomic
def post_transfer(
    *, source: int, target: int, amount: int, purpose: str, on: datetime.date, by: User, **_ignored
) -> Transfer:
    """Book a transfer: the hook `payments.transfer`."""
    giver, taker = Account.objects.get(pk=source), Account.objects.get(pk=target)
    number = f"{SERIES}-{on.year}-{ledger.next_number(SERIES, on=on):04}"
    row = Transfer(
        pk=sql.next_pk(Transfer),
        number=number,
        source=giver,
        target=taker,
        amount=amount,
        purpose=purpose[:200],
        on=on,
        by=by,
    )
    memo = f"{giver} → {taker}: {purpose}"[:200]
    same = giver.unit == taker.unit
    row.entry = ledger.post_entry(
        unit=giver.unit,
        on=on,
        reference=f"transfer:{row.pk}:out",
        memo=memo,
        lines=[
            ledger.debit(taker.code if same else chart.INTER_UNIT, amount),
            ledger.credit(giver.code, amount),
        ],
        by=by,
    )
    if not same:
        row.entry_of_target = ledger.post_entry(
            unit=taker.unit,
            on=on,
            reference=f"transfer:{row.pk}:in",
            memo=memo,
            lines=[ledger.debit(taker.code, amount), ledger.credit(chart.INTER_UNIT, amount)],
            by=by,
        )
    row.save(force_insert=True)
    audit.record("money.transferred", row, by=by, amount=format_rupiah(amount), source=str(giver), target=str(taker))
    return row


@transaction.atomic
def reverse_transfer(row: Transfer, *, reason: str, on: datetime.date, by: User) -> Transfer:
    """Undo a transfer in both units. Never by whoever made it."""
    row = (
        Transfer.objects.select_for_update(no_key=True, of=["self"])
        .select_related("entry", "entry_of_target", "source", "target")
        .get(pk=row.pk)
    )
    changed = row.mark_reversed(on=on, by=by, reason=reason, refused=TreasuryRefused)
    for entry in filter(None, (row.entry, row.entry_of_target)):
        ledger.reverse(entry, on=on, reason=row.reversal_reason, by=by)
    row.save(update_fields=changed)
    audit.record("money.transfer_reversed", row, by=by, amount=format_rupiah(row.amount), reason=row.reversal_reason)
    return row
