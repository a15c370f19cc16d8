"""What the bank says against what the books say: proposals, what is missing on either side, the reconciled balance."""

import datetime
from dataclasses import dataclass

from ledger import queries as ledger
from ledger.models import Line
from treasury.arithmetic.matching import Movement, Proposal, Reconciliation, propose, reconcile
from treasury.models import BankAccount, BankStatement, StatementLine


def unmatched_movements(bank_account: BankAccount):
    """Movements at the bank that are no line of the books yet, the oldest first."""
    rows = StatementLine.objects.unmatched().filter(statement__bank_account=bank_account)
    return rows.select_related("statement").order_by("on", "pk")


def unmatched_lines(bank_account: BankAccount, *, as_of: datetime.date):
    """Lines of the books on this account that no movement at the bank is matched with, the oldest first."""
    rows = Line.objects.filter(account=bank_account.account_id, date__range=(bank_account.opened_on, as_of))
    matched = StatementLine.objects.filter(statement__bank_account=bank_account, matched__isnull=False)
    return rows.exclude(pk__in=matched.values("matched")).select_related("entry", "member").order_by("date", "pk")


@dataclass(frozen=True)
class Match:
    movement: StatementLine
    line: Line
    proposal: Proposal


def proposals(bank_account: BankAccount, *, as_of: datetime.date) -> list[Match]:
    """Pairs of the same amount within a few days, the best first claimed; in the order of the bank's movements."""
    movements = {row.pk: row for row in unmatched_movements(bank_account)}
    lines = {line.pk: line for line in unmatched_lines(bank_account, as_of=as_of)}
    found = propose(
        [Movement(row.pk, row.on, row.amount, f"{row.text} {row.reference}") for row in movements.values()],
        [
            Movement(
                line.pk,
                line.date,
                line.debit - line.credit,
                f"{line.entry.memo} {line.entry.reference} {line.member.name if line.member else ''}",
            )
            for line in lines.values()
        ],
    )
    return [Match(movements[each.bank], lines[each.books], each) for each in found]


def last_statement(bank_account: BankAccount, *, as_of: datetime.date) -> BankStatement | None:
    return bank_account.statements.filter(last__lte=as_of).order_by("-last").first()


def reconciliation(bank_account: BankAccount, *, as_of: datetime.date) -> Reconciliation | None:
    """Why bank and books differ at the end of the last statement until `as_of`; None without a statement."""
    statement = last_statement(bank_account, as_of=as_of)
    if statement is None:
        return None
    only_bank = unmatched_movements(bank_account).filter(statement__last__lte=statement.last)
    only_books = unmatched_lines(bank_account, as_of=statement.last)
    later = StatementLine.objects.filter(
        statement__bank_account=bank_account, statement__last__gt=statement.last, matched__date__lte=statement.last
    ).select_related("matched")
    return reconcile(
        bank_balance=statement.closing,
        books_balance=ledger.account_balance(bank_account.unit, bank_account.account.code, as_of=statement.last),
        only_bank=[row.amount for row in only_bank],
        only_books=[line.debit - line.credit for line in only_books]
        + [row.matched.debit - row.matched.credit for row in later],
    )
