"""What the bank says against what the books say: proposals, what is missing on either side, the reconciled balance."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, Q, Sum

from ledger import queries as ledger
from ledger.models import Line
from treasury.arithmetic.matching import Movement, Proposal, Reconciliation, propose
from treasury.models import BankAccount, StatementLine


def unmatched_movements(bank_account: BankAccount):
    """Movements at the bank that are no line of the books yet, the oldest first."""
    rows = StatementLine.objects.unmatched().filter(statement__bank_account=bank_account)
    return rows.select_related("statement").order_by("on", "pk")


def unmatched_by_account() -> dict[int, int]:
    """How many movements of each bank account are not in the books yet; accounts without any are left out."""
    rows = StatementLine.objects.unmatched().values_list("statement__bank_account")
    return dict(rows.annotate(count=Count("pk")))


def unmatched_lines(bank_account: BankAccount, *, as_of: datetime.date):
    """Lines of the books on this account that no movement at the bank is matched with, the oldest first.

    From the first statement on: what moved before it is in its opening balance.
    """
    first = bank_account.statements.aggregate(first=Min("first"))["first"] or bank_account.opened_on
    rows = Line.objects.filter(account=bank_account.account_id, date__range=(first, as_of))
    matched = StatementLine.objects.filter(statement__bank_account=bank_account, matched__isnull=False)
    return rows.exclude(pk__in=matched.values("matched")).select_related("entry", "member").order_by("date", "pk")


@dataclass(frozen=True)
class Match:
    movement: StatementLine
    line: Line
    proposal: Proposal


def proposals(bank_account: BankAccount, *, as_of: datetime.date) -> list[Match]:
    """Pairs of the same amount within a few days, the best first claimed; in the order of the bank's movements."""
    movements = {row.pk: row for row in unmatched_movements(bank_account).select_related(None)}
    told = ("date", "debit", "credit", "entry__memo", "entry__reference", "member__name")
    lines = {line.pk: line for line in unmatched_lines(bank_account, as_of=as_of).only(*told)}
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


def reconciliation(bank_account: BankAccount, *, as_of: datetime.date) -> Reconciliation | None:
    """Why bank and books differ on a day, or on the last day before it that a statement tells; None without one.

    What both sides know but on different sides of that day is explained too: a transfer of the 31st that the bank
    moved on the 2nd.
    """
    statement = bank_account.statements.filter(first__lte=as_of).order_by("-last").first()
    if statement is None:
        return None
    on = min(as_of, statement.last)
    movements = StatementLine.objects.filter(statement__bank_account=bank_account, on__lte=on)
    only_bank = movements.filter(Q(matched=None) | Q(matched__date__gt=on))
    later = StatementLine.objects.filter(statement__bank_account=bank_account, on__gt=on, matched__date__lte=on)
    only_books = [line.debit - line.credit for line in unmatched_lines(bank_account, as_of=on)]
    return Reconciliation(
        on=on,
        bank_balance=statement.opening + _sum(movements.filter(statement=statement)),
        books_balance=ledger.account_balance(bank_account.unit, bank_account.account.code, as_of=on),
        only_bank=_sum(only_bank),
        only_bank_count=only_bank.filter(matched=None).count(),
        only_books=sum(only_books) + _sum(later),
    )


def _sum(rows) -> int:
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0
