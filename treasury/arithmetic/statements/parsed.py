"""What every kind of bank statement comes down to: an account, its balances, and what moved."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from core.errors import Refused


class StatementError(Refused):
    """The file is not a statement that can be read; the sentence names the line where it is known."""


@dataclass(frozen=True)
class StatementLine:
    """One movement on the account. `amount` is in rupiah with sen as the bank writes it, negative where money left."""

    on: datetime.date
    amount: Decimal
    text: str = ""
    reference: str = ""

    @cached_property
    def rupiah(self) -> int:
        return in_rupiah(self.amount)


@dataclass(frozen=True)
class ParsedStatement:
    """A statement as the file tells it. What the file does not say is None, or an empty text."""

    lines: tuple[StatementLine, ...]
    account_number: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None

    def checked(self) -> "ParsedStatement":
        """Itself, with days and balances filled in from the lines where only one side is told.

        Raises StatementError where nothing moved and nothing is said, or where opening + movements ≠ closing.
        """
        if not self.lines and self.closing is None:
            raise StatementError(_("There is no movement in this file. Choose the statement of the account."))
        moved = sum((line.amount for line in self.lines), Decimal(0))
        opening, closing = self.opening, self.closing
        if opening is None and closing is not None:
            opening = closing - moved
        if closing is None and opening is not None:
            closing = opening + moved
        if opening is not None and closing is not None and opening + moved != closing:
            raise StatementError(
                _(
                    "The statement does not add up: {opening} at the beginning and {moved} of movements make "
                    "{sum}, but it says {closing} at the end. A page may be missing."
                ).format(
                    opening=in_rupiah(opening),
                    moved=in_rupiah(moved),
                    sum=in_rupiah(opening + moved),
                    closing=in_rupiah(closing),
                )
            )
        days = [line.on for line in self.lines]
        first = self.first or (min(days) if days else self.last)
        last = self.last or (max(days) if days else self.first)
        return ParsedStatement(self.lines, self.account_number, opening, closing, first, last)


def in_rupiah(amount: Decimal) -> int:
    """Whole rupiah: the books know no sen, banks still write them (Rp 1.234,56 of interest)."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
