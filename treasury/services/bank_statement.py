"""Bank statements: imported once, matched with the books by hand."""

import datetime
import hashlib
from collections.abc import Mapping as Pairs

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from ledger.models import Line
from treasury.arithmetic.statements import ParsedStatement, in_rupiah, read
from treasury.arithmetic.statements.csv_file import Mapping
from treasury.errors import TreasuryRefused
from treasury.models import BankAccount, BankStatement, StatementLine


@transaction.atomic
def import_statement(
    bank_account: BankAccount,
    *,
    content: bytes,
    opening: int | None = None,
    until: datetime.date | None = None,
    on: datetime.date,
    by: User,
) -> BankStatement:
    """Read a statement (CSV, MT940, OFX) and keep its movements. `opening` is asked for where the file has no balance,

    `until` is told where nothing moved on the last days and the file does not say how far it reaches.
    Raises StatementError where it cannot be read; TreasuryRefused where it is another account's, was imported before,
    overlaps an earlier one, or does not begin with the balance where the one before ended.
    """
    bank_account = BankAccount.objects.select_for_update(no_key=True, of=["self"]).get(pk=bank_account.pk)
    digest = hashlib.sha256(content).hexdigest()
    if BankStatement.objects.filter(digest=digest).exists():
        raise TreasuryRefused(_("This file was imported already."), field="file")
    found = read(content, Mapping.from_json(bank_account.mapping))
    _refuse_other_account(found, bank_account)
    before = bank_account.statements.order_by("-last").first()
    opened, closed = _balances(found, opening if before is None else before.closing)
    first, last = _days(found, before, bank_account, until, on)
    _refuse_where_it_does_not_follow(first, before, opened)
    statement = BankStatement.objects.create(
        bank_account=bank_account,
        first=first,
        last=last,
        opening=opened,
        closing=closed,
        digest=digest,
        imported_on=on,
        imported_by=by,
    )
    StatementLine.objects.bulk_create(
        StatementLine(statement=statement, on=line.on, amount=line.rupiah, text=line.text, reference=line.reference)
        for line in found.lines
    )
    audit.record("statement.imported", bank_account, by=by, count=len(found.lines), last=date_format(last, "j F Y"))
    return statement


@transaction.atomic
def confirm_matches(bank_account: BankAccount, *, pairs: Pairs[int, int], on: datetime.date, by: User) -> int:
    """Say that each movement (its key) is that line of the books (its key). All of them or none.

    Raises TreasuryRefused where either side was matched meanwhile; the database refuses other sums and accounts.
    """
    rows = {
        row.pk: row
        for row in StatementLine.objects.select_for_update(no_key=True, of=["self"])
        .filter(pk__in=pairs, statement__bank_account=bank_account)
        .order_by("pk")
    }
    lines = {line.pk: line for line in Line.objects.filter(pk__in=pairs.values(), account=bank_account.account_id)}
    taken = set(StatementLine.objects.filter(matched__in=pairs.values()).values_list("matched_id", flat=True))
    for key, line_key in pairs.items():
        row, line = rows.get(key), lines.get(line_key)
        if row is None or line is None or row.matched_id or line_key in taken:
            raise TreasuryRefused(_("A movement was matched meanwhile. Reload the page and look again."))
        if line.debit - line.credit != row.amount:
            raise TreasuryRefused(_("A movement and its line in the books differ. Reload the page and look again."))
    if rows:
        sql.rows("treasury/sql/match.sql", movements=list(pairs), lines=list(pairs.values()), on=on, by=by.pk)
        audit.record("statement.matched", bank_account, by=by, count=len(rows))
    return len(rows)


@transaction.atomic
def unmatch(row: StatementLine, *, by: User) -> StatementLine:
    """Take a match back."""
    row = StatementLine.objects.select_for_update(no_key=True, of=["self"]).get(pk=row.pk)
    if row.matched_id is None:
        raise TreasuryRefused(_("This movement is not matched. Reload the page."))
    row.matched = row.matched_on = row.matched_by = None
    row.save(update_fields=["matched", "matched_on", "matched_by"])
    audit.record("statement.unmatched", row.statement.bank_account, by=by, amount=row.amount)
    return row


def _refuse_other_account(found: ParsedStatement, bank_account: BankAccount) -> None:
    number = "".join(character for character in found.account_number if character.isdigit())
    if number and not (number.endswith(bank_account.number) or bank_account.number.endswith(number)):
        raise TreasuryRefused(
            _("The file is about account {other}, not {number}.").format(other=number, number=bank_account.number),
            field="file",
        )


def _balances(found: ParsedStatement, known: int | None) -> tuple[int, int]:
    """The opening and closing balance in whole rupiah: the movements, rounded, lie between them."""
    moved = sum(line.rupiah for line in found.lines)
    if found.opening is not None:
        opened = in_rupiah(found.opening)
    elif known is not None:
        opened = known
    else:
        raise TreasuryRefused(
            _("The file has no balance. Write the balance before its first movement."), field="opening"
        )
    return opened, opened + moved


def _days(
    found: ParsedStatement,
    before: BankStatement | None,
    bank_account: BankAccount,
    until: datetime.date | None,
    on: datetime.date,
) -> tuple[datetime.date, datetime.date]:
    """The first and last day that the statement tells about; a period that is not over reaches to `on`."""
    after = before.last + datetime.timedelta(days=1) if before else bank_account.opened_on
    first, last = found.first or after, max(filter(None, (found.last, until)), default=None)
    if last is None:
        raise TreasuryRefused(_("The file tells no day. Write until which day it reaches."), field="until")
    moved = max((line.on for line in found.lines), default=last)
    if moved > on:
        raise TreasuryRefused(
            _("A movement of {day} lies in the future. Check how the file writes days.").format(
                day=date_format(moved, "j F Y")
            ),
            field="file",
        )
    last = min(last, on)
    if last < first:
        raise TreasuryRefused(
            _("The statement begins on {first} and cannot end before.").format(first=date_format(first, "j F Y")),
            field="until",
        )
    return first, last


def _refuse_where_it_does_not_follow(first: datetime.date, before: BankStatement | None, opened: int) -> None:
    if before is None:
        return
    if first <= before.last:
        raise TreasuryRefused(
            _("The statements until {day} are imported already. Choose one that begins later.").format(
                day=date_format(before.last, "j F Y")
            ),
            field="file",
        )
    if abs(opened - before.closing) > 1:  # each statement rounds its sen on its own
        raise TreasuryRefused(
            _("It begins with {opening}; the statement before ended with {closing}. One is missing between.").format(
                opening=format_rupiah(opened), closing=format_rupiah(before.closing)
            ),
            field="file",
        )
