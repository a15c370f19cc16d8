"""Bank statements in SWIFT's MT940, read by the library `mt-940`."""

import datetime
from decimal import Decimal

import mt940
from django.utils.translation import gettext as _

from treasury.arithmetic.statements.parsed import ParsedStatement, StatementError, StatementLine


def parse(content: bytes) -> ParsedStatement:
    """One account's statement. Raises StatementError where it cannot be read or holds several accounts."""
    text = content.decode("utf-8", errors="replace")
    numbers = {line.removeprefix(":25:").strip() for line in text.splitlines() if line.startswith(":25:")}
    if len(numbers) > 1:
        raise StatementError(_("The file holds several accounts. Export one account at a time."))
    try:
        statement = mt940.parse(text)
        lines = tuple(_line(each.data) for each in statement if each.data.get("amount"))
    except (ValueError, KeyError, AttributeError, RuntimeError, ArithmeticError) as error:
        raise StatementError(_("The file cannot be read as MT940. Export it anew from the bank.")) from error
    opening = statement.data.get("final_opening_balance") or statement.data.get("intermediate_opening_balance")
    closing = statement.data.get("final_closing_balance") or statement.data.get("intermediate_closing_balance")
    return ParsedStatement(
        lines,
        (statement.data.get("account_identification") or "").strip(),
        opening and opening.amount.amount,
        closing and closing.amount.amount,
        opening and _plain(opening.date),
        closing and _plain(closing.date),
    ).checked()


def _plain(day) -> datetime.date:
    """The library's days are a class of its own."""
    return datetime.date(day.year, day.month, day.day)


def _line(data: dict) -> StatementLine:
    details = " ".join(filter(None, (data.get("transaction_details"), data.get("extra_details"))))
    return StatementLine(
        on=_plain(data["date"]),
        amount=Decimal(data["amount"].amount),
        text=" ".join(details.split())[:200],
        reference=(data.get("customer_reference") or data.get("bank_reference") or "")[:60],
    )
