"""Tables as an XLSX workbook a treasurer can go on working with: real numbers and dates, totals as formulas.

    book = build([Sheet(_("Members"), columns=[Column(_("Name")), Column(_("Savings"), "rupiah")], rows=rows)])
    return download(book, "anggota.xlsx")

Every formula also carries its value, because LibreOffice and most readers show the stored one. Rows may be a generator:
they are written as they come, and only the packed file stands in memory (100,000 rows of 12 columns: 5 MB).
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

INK, MUTED, LINE, SOGA, PAPER = "#2B211A", "#6B5B4E", "#E4D9CB", "#7A4A21", "#F4ECE0"
LEAF, BRICK = "#2F6B3C", "#A3301F"
RUPIAH = '[$-421]#,##0;[Red]-#,##0;"–"'
DIFFERENCE = "[$-421]#,##0;-#,##0;0"
WHOLE = {"rupiah": "rupiah", "number": "count", "rank": "rank"}
WIDTHS = {"text": 26, "rupiah": 16, "number": 11, "rank": 6, "date": 12, "month": 15}


COMPUTED = object()
"""In a row: this cell is the formula of its column."""


# -- what a workbook is made of --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, rupiah, number (a count or quantity), rank (a number that only names the row), date,
    month (a date shown as November 2026).

    Rupiah columns are summed unless `total` says no. `name` is how formulas point at the column. A column with `plus`
    and `minus` is a formula over the named columns left of it in its row, for every cell given as `COMPUTED`; with
    `running` it also carries on from the cell above.
    """

    heading: str
    kind: str = "text"
    width: float | None = None
    total: bool | None = None
    name: str = ""
    plus: Sequence[str] = ()
    minus: Sequence[str] = ()
    running: bool = False

    @property
    def is_summed(self) -> bool:
        return self.kind == "rupiah" and not self.running if self.total is None else self.total


@dataclass(frozen=True)
class Cell:
    """A cell elsewhere in the workbook: `Cell("trial", "total", "debit")` is the foot of that column of that sheet."""

    sheet: str
    row: str
    column: str


@dataclass(frozen=True)
class Formula:
    """A cell that adds up cells written before it, on this or another sheet, and takes others away."""

    plus: Sequence[Cell] = ()
    minus: Sequence[Cell] = ()


class Difference(Formula):
    """A formula that must come out as 0: shown green when it does, red when not."""


@dataclass(frozen=True)
class Named:
    """A row that formulas point at by `name`."""

    name: str
    values: Sequence


@dataclass(frozen=True)
class Section:
    """Rows under a title of their own. `total` labels their sum below, reached as `Cell(sheet, name, column)`; without

    it the rows are only grouped.
    """

    title: str
    rows: Iterable[Sequence]
    total: str = ""
    name: str = ""


@dataclass(frozen=True)
class Result:
    """A line that adds up the sums of sections above and takes away others: income less expense."""

    label: str
    name: str
    plus: Sequence[str] = ()
    minus: Sequence[str] = ()


@dataclass
class Sheet:
    """One tab. `name` is how formulas point at it; `title` stands on the tab, `heading` and `lead` above the table.

    Sheets are written in the order of `rank`, so a sheet with `Formula`s over other tabs takes a higher one than they.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable
    heading: str = ""
    lead: str = ""
    name: str = ""
    totals: bool = True
    rank: int = 0
    portrait: bool = False
    notes: Sequence[str] = field(default_factory=tuple)


def build(sheets: Sequence[Sheet], *, on: datetime.date) -> io.BytesIO:
    """The workbook as a file in memory, at its beginning; `on` is the date it carries as made."""
    file = io.BytesIO()
    # Text from people never becomes a formula, a link or a number.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties(
        {
            "title": str(sheets[0].heading or sheets[0].title),
            "author": settings.COOPERATIVE_NAME,
            "created": datetime.datetime.combine(on, datetime.time(12)),
        }
    )
    formats = _Formats(book)
    tabs = [(sheet, book.add_worksheet(tab_title(sheet.title))) for sheet in sheets]
    known = {}
    for sheet, tab in sorted(tabs, key=lambda pair: pair[0].rank):
        _Writer(sheet, tab, formats, known).write()
    book.close()
    file.seek(0)
    return file


def tab_title(title) -> str:
    """What Excel allows on a tab: 31 letters, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\']", " ", str(title))[:31].strip()


# -- how it is written -----------------------------------------------------------------------------------------------


class _Formats:
    def __init__(self, book):
        base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
        self.cooperative = book.add_format(base | {"bold": True, "font_size": 12, "font_color": SOGA})
        self.heading = book.add_format(base | {"bold": True, "font_size": 15})
        self.lead = book.add_format(base | {"font_color": MUTED})
        header = base | {"bold": True, "bg_color": PAPER, "bottom": 2, "bottom_color": SOGA, "text_wrap": True}
        self.header = {
            False: book.add_format(header),
            True: book.add_format(header | {"align": "right"}),
        }
        self.section = book.add_format(base | {"bold": True, "font_color": SOGA, "valign": "bottom"})
        kinds = {
            "text": {},
            "rupiah": {"num_format": RUPIAH},
            "difference": {"num_format": DIFFERENCE, "bold": True, "font_color": LEAF},
            "rank": {"num_format": "0", "align": "left"},
            "number": {"num_format": "[$-421]#,##0.###"},
            "count": {"num_format": "[$-421]#,##0"},
            "date": {"num_format": "dd/mm/yyyy", "align": "left", "indent": 1},
            "month": {"num_format": "[$-421]mmmm yyyy", "align": "left"},
        }
        self.wrong = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": BRICK})
        hair = {"bottom": 1, "bottom_color": LINE}
        foot = {"bold": True, "top": 1, "top_color": SOGA}
        self.cell = {kind: book.add_format(base | hair | look) for kind, look in kinds.items()}
        self.sum = {kind: book.add_format(base | foot | look) for kind, look in kinds.items()}
        self.total = {
            kind: book.add_format(base | foot | {"bottom": 6, "bottom_color": SOGA} | look)
            for kind, look in kinds.items()
        }


class _Writer:
    """Writes one sheet from top to bottom, once: with constant memory there is no going back to an earlier row."""

    def __init__(self, sheet, tab, formats, known):
        self.sheet, self.tab, self.formats, self.known = sheet, tab, formats, known
        self.at = 0
        self.sums = [0] * len(sheet.columns)
        self.carried = {}
        self.has_sections = False

    def write(self):
        self._set_up()
        self._head()
        first = self.at
        for row in self.sheet.rows:
            if isinstance(row, Section):
                self._section(row)
            elif isinstance(row, Result):
                self._result(row)
            else:
                self._row(row)
        if self.sheet.totals:
            self._foot(first)
        for note in self.sheet.notes:
            self.at += 1
            self._text(self.at, 0, note, self.formats.lead)

    def _set_up(self):
        tab = self.tab
        for index, column in enumerate(self.sheet.columns):
            tab.set_column(index, index, column.width or WIDTHS[column.kind])
        tab.hide_gridlines(2)
        tab.set_paper(9)
        tab.set_portrait() if self.sheet.portrait else tab.set_landscape()
        tab.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        tab.fit_to_pages(1, 0)
        tab.set_footer(f"&L&8{settings.COOPERATIVE_NAME}&C&8&A&R&8&P / &N")

    def _head(self):
        for text, look, height in (
            (settings.COOPERATIVE_NAME, self.formats.cooperative, 18),
            (self.sheet.heading or self.sheet.title, self.formats.heading, 24),
            (self.sheet.lead, self.formats.lead, 16),
        ):
            if text:
                self.tab.set_row(self.at, height)
                self._text(self.at, 0, text, look)
                self.at += 1
        self.at += 1
        lines = max(str(column.heading).count("\n") for column in self.sheet.columns) + 1
        self.tab.set_row(self.at, 18 * lines)
        for index, column in enumerate(self.sheet.columns):
            self._text(self.at, index, column.heading, self.formats.header[column.kind in ("rupiah", "number")])
        self.tab.repeat_rows(self.at)
        self.at += 1
        self.tab.freeze_panes(self.at, 1)

    def _row(self, row):
        name, values = (row.name, row.values) if isinstance(row, Named) else (None, row)
        amounts = {}
        for index, (value, column) in enumerate(zip(values, self.sheet.columns, strict=True)):
            if value is COMPUTED:
                amount = self._computed(index, column, amounts)
            else:
                amount = self._value(index, value, column.kind)
            amounts[self._key(index)] = (index, amount)
            if column.running:
                self.carried[index] = amount
            if column.is_summed:
                self.sums[index] += amount
            if name:
                self._remember(name, index, amount)
        self.at += 1

    def _section(self, section):
        self.tab.set_row(self.at, 21)
        self._text(self.at, 0, section.title, self.formats.section)
        self.at += 1
        first, before = self.at, list(self.sums)
        for row in section.rows:
            self._row(row)
        if not section.total:
            return
        values = [after - earlier for after, earlier in zip(self.sums, before, strict=True)]
        self._sum_line(section.total, section.name, self.formats.sum, values, lambda index: self._range(first, index))
        self.has_sections = True

    def _result(self, result):
        sums = {}
        for index, column in enumerate(self.sheet.columns):
            if column.is_summed:
                key = self._key(index)
                plus, minus = ([Cell(self.sheet.name, n, key) for n in names] for names in (result.plus, result.minus))
                sums[index] = self._formula(Formula(plus, minus))
        values = [sums[index][1] if index in sums else 0 for index in range(len(self.sheet.columns))]
        self._sum_line(result.label, result.name, self.formats.total, values, lambda index: sums[index][0])

    def _foot(self, first):
        if self.has_sections:
            raise ValueError("a sheet with sections ends in a Result, not in a total")
        self._sum_line(_("Total"), "total", self.formats.total, self.sums, lambda index: self._range(first, index))

    def _sum_line(self, label, name, looks, values, formula):
        for index, column in enumerate(self.sheet.columns):
            look = looks[column.kind]
            if index == 0:
                self._text(self.at, 0, label, look)
            elif column.is_summed:
                self.tab.write_formula(self.at, index, formula(index), look, values[index])
                self._remember(name, index, values[index])
            else:
                self.tab.write_blank(self.at, index, None, look)
        self.at += 1

    def _value(self, index, value, kind):
        """Write one cell and return what it adds to the sum of its column."""
        look = self.formats.cell[kind]
        if isinstance(value, Formula):
            formula, amount = self._formula(value)
            if isinstance(value, Difference):
                look, wrong = self.formats.cell["difference"], self.formats.wrong
                test = {"type": "cell", "criteria": "!=", "value": 0, "format": wrong}
                self.tab.conditional_format(self.at, index, self.at, index, test)
            self.tab.write_formula(self.at, index, formula, look, amount)
            return amount
        if value is None or value == "":
            self.tab.write_blank(self.at, index, None, look)
        elif isinstance(value, datetime.date):
            self.tab.write_datetime(self.at, index, value, look)
        elif kind in WHOLE:
            self.tab.write_number(self.at, index, value, look if value % 1 else self.formats.cell[WHOLE[kind]])
            return value
        else:
            self._text(self.at, index, value, look)
        return 0

    def _computed(self, index, column, amounts):
        plus, minus = ([amounts[name] for name in names] for names in (column.plus, column.minus))
        cells = [[xl_rowcol_to_cell(self.at, other) for other, _amount in side] for side in (plus, minus)]
        amount = sum(amount for _index, amount in plus) - sum(amount for _index, amount in minus)
        if column.running:
            cells[0].insert(0, xl_rowcol_to_cell(self.at - 1, index))
            amount += self.carried[index]
        self.tab.write_formula(self.at, index, _added(*cells), self.formats.cell[column.kind], amount)
        return amount

    def _formula(self, formula):
        plus = [self.known[cell.sheet, cell.row, cell.column] for cell in formula.plus]
        minus = [self.known[cell.sheet, cell.row, cell.column] for cell in formula.minus]
        text = _added([cell for cell, _value in plus], [cell for cell, _value in minus])
        return text, sum(value for _cell, value in plus) - sum(value for _cell, value in minus)

    def _text(self, row, column, value, look):
        self.tab.write_string(row, column, str(value), look)

    def _range(self, first, column):
        if self.at == first:
            return "=0"
        return f"=SUM({xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(self.at - 1, column)})"

    def _key(self, index):
        return self.sheet.columns[index].name or str(index)

    def _remember(self, name, index, value):
        address = f"'{tab_title(self.sheet.title)}'!{xl_rowcol_to_cell(self.at, index)}"
        self.known[self.sheet.name, name, self._key(index)] = (address, value)


def _added(plus, minus):
    return "=" + ("+".join(plus) or "0") + "".join(f"-{cell}" for cell in minus)
