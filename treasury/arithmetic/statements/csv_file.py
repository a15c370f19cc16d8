"""Bank statements as CSV. Every bank has its own columns; a `Mapping` says which is which, kept per bank account."""

import csv
import datetime
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from treasury.arithmetic.statements.parsed import ParsedStatement, StatementError, StatementLine

ENCODINGS = ("utf-8-sig", "cp1252")
MOST_LINES = 50_000


@dataclass(frozen=True)
class Mapping:
    """How one bank writes its CSV. Columns are named by their heading, in any case, blanks around it aside.

    Amounts stand in one column with a sign or beside a column that says debit or credit, or in two columns.
    """

    date: str
    text: tuple[str, ...]
    amount: str = ""
    side: str = ""
    debit: str = ""
    credit: str = ""
    balance: str = ""
    reference: str = ""
    date_formats: tuple[str, ...] = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d %b %Y")
    decimal: str = "."
    delimiter: str = ","
    debit_words: tuple[str, ...] = ("DB", "D", "DR", "DEBIT", "K")
    credit_words: tuple[str, ...] = ("CR", "C", "KR", "KREDIT", "CREDIT")
    newest_first: bool = False
    opening: tuple[str, ...] = ("saldo awal", "opening balance")
    closing: tuple[str, ...] = ("saldo akhir", "closing balance", "ending balance")
    period: tuple[str, ...] = ("periode", "period")
    number: tuple[str, ...] = ("no. rekening", "no rekening", "nomor rekening", "account no", "account number")

    def to_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict) -> "Mapping":
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()})


PRESETS = {
    "bca": Mapping(date="Tanggal", text=("Keterangan",), amount="Jumlah", side="", balance="Saldo"),
    "bri": Mapping(
        date="Tanggal Transaksi",
        text=("Uraian Transaksi",),
        debit="Debet",
        credit="Kredit",
        balance="Saldo",
        reference="Teller",
        delimiter=";",
        decimal=",",
    ),
    "mandiri": Mapping(
        date="Date",
        text=("Transaction Description", "Remark"),
        debit="Debit",
        credit="Credit",
        balance="Balance",
        reference="Reference No.",
        newest_first=True,
    ),
}
"""Starting points for the form of a bank account: headings as these banks' downloads were seen to have them; each is

kept with the account and can be changed there, since a bank changes its file without telling anybody.
"""


@dataclass
class _Found:
    """What is told around the table of movements."""

    lines: list[StatementLine] = field(default_factory=list)
    balances: list[Decimal | None] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """of the lines in the file"""
    days: list[datetime.date] = field(default_factory=list)
    """the first and last of the period, where the file tells it"""
    opening: Decimal | None = None
    closing: Decimal | None = None
    number: str = ""


def parse(content: bytes, mapping: Mapping) -> ParsedStatement:
    """Raises StatementError with the line where a day or an amount cannot be read, or no heading is found."""
    found, heading = _Found(), None
    for number, row in _rows(content, mapping):
        cells = [cell.strip() for cell in row]
        if heading is None:
            heading = _heading(cells, mapping)
            if heading is None:
                _around(cells, mapping, found)
            continue
        if not _is_movement(cells, heading, mapping):
            _around(cells, mapping, found)
            continue
        found.lines.append(_line(cells, heading, mapping, number))
        found.numbers.append(number)
        balance = _cell(cells, heading, mapping.balance)
        found.balances.append(_amount(balance, mapping, number) if balance else None)
        if len(found.lines) > MOST_LINES:
            raise StatementError(_("The file has more than {count} lines. Split it by month.").format(count=MOST_LINES))
    if heading is None:
        raise StatementError(
            _("No line has the headings {names}. Check the file, or the columns of this bank account.").format(
                names=", ".join(name for name in _names(mapping) if name)
            )
        )
    return _statement(found, mapping)


def _statement(found: _Found, mapping: Mapping) -> ParsedStatement:
    lines, balances, numbers = found.lines, found.balances, found.numbers
    if mapping.newest_first:
        lines, balances, numbers = lines[::-1], balances[::-1], numbers[::-1]
    opening, closing = found.opening, found.closing
    if lines and opening is None and balances[0] is not None:
        opening = balances[0] - lines[0].amount
    if lines and closing is None and balances[-1] is not None:
        closing = balances[-1]
    if closing is None:
        _refuse_twice(lines, numbers)
    elif opening is not None and opening + sum(line.amount for line in lines) != closing:
        _name_the_break(opening, lines, balances, numbers)
    first, last = found.days or (None, None)
    return ParsedStatement(tuple(lines), found.number, opening, closing, first, last).checked()


def _refuse_twice(lines, numbers) -> None:
    """Without a balance nothing else would notice a line that was copied twice: its reference does."""
    seen: dict[StatementLine, int] = {}
    for line, number in zip(lines, numbers, strict=True):
        if line.reference and line in seen:
            raise StatementError(
                _("Lines {first} and {second} are the same movement. Download the statement anew.").format(
                    first=seen[line], second=number
                )
            )
        seen[line] = number


def _name_the_break(opening, lines, balances, numbers) -> None:
    """Which line is missing or there twice, where the file tells the balance after each."""
    before = opening
    for line, balance, number in zip(lines, balances, numbers, strict=True):
        if balance is None:
            return
        if before + line.amount != balance:
            raise StatementError(
                _("Line {number} does not follow from the line before: a line is missing, or is there twice.").format(
                    number=number
                )
            )
        before = balance


def _rows(content: bytes, mapping: Mapping) -> Iterator[tuple[int, list[str]]]:
    for encoding in ("utf-16",) if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise StatementError(_("This is not a text file. Download the statement as CSV."))
    if "\0" in text:
        raise StatementError(_("This is not a text file. Download the statement as CSV."))
    try:
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=mapping.delimiter), start=1)
    except csv.Error as error:
        raise StatementError(_("The file cannot be read as CSV. Download it anew from the bank.")) from error


def _names(mapping: Mapping) -> list[str]:
    amounts = [mapping.amount] if mapping.amount else [mapping.debit, mapping.credit]
    return [mapping.date, *mapping.text[:1], *amounts]


def _heading(cells: list[str], mapping: Mapping) -> dict[str, int] | None:
    """The place of each column, by its heading in small letters, where this line is the heading."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        places.setdefault(cell.lower(), place)
    return places if all(name.lower() in places for name in _names(mapping)) else None


def _cell(cells: list[str], heading: dict[str, int], name: str) -> str:
    place = heading.get(name.lower()) if name else None
    return cells[place] if place is not None and place < len(cells) else ""


def _is_movement(cells: list[str], heading: dict[str, int], mapping: Mapping) -> bool:
    """A line of the table begins with a day; what banks put below it (totals, balances) does not."""
    return bool(re.match(r"'?\d", _cell(cells, heading, mapping.date))) and any(
        _cell(cells, heading, name) for name in (mapping.amount, mapping.debit, mapping.credit) if name
    )


def _around(cells: list[str], mapping: Mapping, found: _Found) -> None:
    """`Saldo Awal : 1,250,000.00` and `No. rekening : 0123456789` above or below the table."""
    said = " ".join(cell for cell in cells if cell and cell not in (":", "="))
    label, value = said.lower(), re.search(r"-?[\d.,]+(?:\s*(?:CR|DB))?$", said)
    if any(word in label for word in mapping.number) and (digits := re.search(r"\d[\d\- ]{4,}", said)):
        found.number = re.sub(r"\D", "", digits[0])
    elif any(word in label for word in mapping.period):
        days = re.findall(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d", said)
        found.days = sorted(_day(day, mapping, 0) for day in days) if len(days) == 2 else []
    elif value and any(word in label for word in mapping.opening):
        found.opening = _amount(value[0], mapping, 0)
    elif value and any(word in label for word in mapping.closing):
        found.closing = _amount(value[0], mapping, 0)


def _line(cells: list[str], heading: dict[str, int], mapping: Mapping, number: int) -> StatementLine:
    text = " ".join(filter(None, (_cell(cells, heading, name) for name in mapping.text)))
    return StatementLine(
        on=_day(_cell(cells, heading, mapping.date), mapping, number),
        amount=_signed(cells, heading, mapping, number),
        text=re.sub(r"\s+", " ", text)[:200],
        reference=_cell(cells, heading, mapping.reference)[:60],
    )


def _signed(cells: list[str], heading: dict[str, int], mapping: Mapping, number: int) -> Decimal:
    """Negative where money left the account, however the bank says so."""
    if not mapping.amount:
        out, into = (_cell(cells, heading, name) for name in (mapping.debit, mapping.credit))
        return (_amount(into, mapping, number) if into else Decimal(0)) - (
            abs(_amount(out, mapping, number)) if out else Decimal(0)
        )
    written = _cell(cells, heading, mapping.amount)
    side = _cell(cells, heading, mapping.side).upper() if mapping.side else ""
    if not side and (told := re.search(r"[A-Za-z]+\s*$", written)):
        side = told[0].strip().upper()
    amount = _amount(written, mapping, number)
    if side in mapping.debit_words:
        return -abs(amount)
    if not side or side in mapping.credit_words:
        return amount
    raise StatementError(_("Line {number}: “{word}” says neither debit nor credit.").format(number=number, word=side))


def _day(written: str, mapping: Mapping, number: int) -> datetime.date:
    typed = written.strip("' ").split(" ")[0] if not re.search(r"[A-Za-z]", written) else written.strip("' ")
    for form in mapping.date_formats:
        try:
            return datetime.datetime.strptime(typed, form).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    raise StatementError(_("Line {number}: “{day}” is not a day.").format(number=number, day=written))


def _amount(written: str, mapping: Mapping, number: int) -> Decimal:
    typed = re.sub(r"[A-Za-z\s'+]", "", written).removeprefix(".")
    thousands = "." if mapping.decimal == "," else ","
    grouped = rf"-?\d{{1,3}}(\{thousands}\d{{3}})*(\{mapping.decimal}\d{{1,2}})?|-?\d+(\{mapping.decimal}\d{{1,2}})?"
    if typed in ("", "-"):
        return Decimal(0)
    if not re.fullmatch(grouped, typed):
        raise StatementError(
            _("Line {number}: “{amount}” is not an amount as this bank account's files have them.").format(
                number=number, amount=written
            )
        )
    return Decimal(typed.replace(thousands, "").replace(mapping.decimal, "."))
