"""The workbook that is filled in for the first day: which sheets and columns, read row by row into plain values."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CellError(ValueError):
    """A cell that cannot be read; the text says what is expected."""


@dataclass(frozen=True)
class Column:
    name: str
    read: Callable
    needed: bool = True
    example: object = ""


@dataclass(frozen=True)
class Row:
    """A row that could be read, or the sentence about the cell that could not."""

    sheet: str
    line: int
    values: dict
    problem: str = ""


def text(value) -> str:
    return str(value).strip()


def code(value) -> str:
    """A number that only names something: 1101.0 of a spreadsheet is 1101."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def whole(value) -> int:
    if isinstance(value, str):
        value = value.replace(".", "").replace("Rp", "").strip()
    try:
        number = float(value)
    except ValueError as error:
        raise CellError(_("must be a whole number")) from error
    if not number.is_integer() or number < 0:
        raise CellError(_("must be a whole number, zero or more"))
    return int(number)


def day(value) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.datetime.strptime(str(value).strip(), pattern).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    raise CellError(_("must be a date such as 31/12/2025"))


def woman(value) -> bool:
    known = {"p": True, "perempuan": True, "l": False, "laki-laki": False}
    if (word := str(value).strip().lower()) not in known:
        raise CellError(_("must be L or P"))
    return known[word]


SHEETS = {
    "Anggota": {
        "number": Column("Nomor", whole, example=1),
        "name": Column("Nama", text, example="Contoh Nama"),
        "entered_on": Column("Masuk", day, example="12/03/2019"),
        "nik": Column("NIK", code, needed=False),
        "born_on": Column("Lahir", day, needed=False),
        "is_woman": Column("L/P", woman, needed=False, example="P"),
        "phone": Column("Telepon", text, needed=False),
        "address": Column("Alamat", text, needed=False),
        "rt": Column("RT", code, needed=False),
        "rw": Column("RW", code, needed=False),
        "business": Column("Usaha", text, needed=False),
        "products": Column("Produk", text, needed=False, example="sandal, tas"),
    },
    "Simpanan": {
        "number": Column("Nomor", whole, example=1),
        "principal": Column("Pokok", whole, example=100_000),
        "mandatory": Column("Wajib", whole, example=1_200_000),
        "voluntary": Column("Sukarela", whole, example=350_000),
    },
    "Pinjaman": {
        "number": Column("Nomor", whole, example=1),
        "product": Column("Produk", text, example="modal"),
        "principal": Column("Sisa pokok", whole, example=1_500_000),
        "instalments": Column("Sisa angsuran", whole, example=6),
        "first_due_on": Column("Angsuran berikutnya", day, example="12/02/2026"),
        "purpose": Column("Keperluan", text, example="Bahan kulit"),
    },
    "Harga": {
        "code": Column("Kode", code, example="SDL-01"),
        "name": Column("Barang", text, example="Sandal kulit pria"),
        "unit": Column("Satuan", text, example="pasang"),
        "price": Column("Harga", whole, example=45_000),
    },
    "Saldo awal": {
        "unit": Column("Unit", text, example="usp"),
        "code": Column("Akun", code, example="1101"),
        "debit": Column("Debit", whole, needed=False, example=2_000_000),
        "credit": Column("Kredit", whole, needed=False),
    },
}
"""Sheet by sheet, what one row says. The names are those of the workbook, which is Indonesian."""


def rows(path: str) -> Iterator[Row]:
    """Every filled row of every sheet, in the order of SHEETS. Raises CellError where a sheet or column is missing."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise CellError(_("The file cannot be opened as an XLSX workbook.")) from error
    try:
        for sheet, columns in SHEETS.items():
            if sheet not in book.sheetnames:
                raise CellError(
                    _("The sheet “{sheet}” is missing. Start from an empty workbook: --template.").format(sheet=sheet)
                )
            yield from _of_sheet(sheet, columns, book[sheet].iter_rows(values_only=True))
    finally:
        book.close()


def _of_sheet(sheet: str, columns: dict[str, Column], lines) -> Iterator[Row]:
    heading = [str(cell or "").strip() for cell in next(lines, ())]
    missing = [column.name for column in columns.values() if column.name not in heading]
    if missing:
        raise CellError(_("The sheet “{sheet}” has no column {names}.").format(sheet=sheet, names=", ".join(missing)))
    places = {name: heading.index(column.name) for name, column in columns.items()}
    for line, cells in enumerate(lines, start=2):
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        values, problem = {}, ""
        for name, column in columns.items():
            cell = cells[places[name]] if places[name] < len(cells) else None
            if cell is None or not str(cell).strip():
                values[name] = None
                if column.needed:
                    problem = problem or _("{column} is empty").format(column=column.name)
                continue
            try:
                values[name] = column.read(cell)
            except CellError as error:
                problem = problem or f"{column.name}: {error}"
        yield Row(sheet, line, values, problem)


def template(path: str) -> None:
    """Write an empty workbook with every sheet, its headings and one row as an example."""
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        example = book.add_format({"italic": True, "font_color": "#6B5B4E"})
        for sheet, columns in SHEETS.items():
            page = book.add_worksheet(sheet)
            page.freeze_panes(1, 0)
            for index, column in enumerate(columns.values()):
                page.set_column(index, index, max(14, len(column.name) + 4))
                page.write(0, index, column.name, bold)
                page.write(1, index, column.example, example)


REFUSED = gettext_lazy("{sheet}, line {line}: {problem}")
