"""The members' figures from a CSV file: `number,capital,business`, one member a row."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from shu.allocation import Figures

COLUMNS = Figures._fields


class FileError(ValueError):
    """A file that cannot be read; the text is one line that names the line and what is wrong with it."""


def read(path: str) -> list[Figures]:
    """The rows of the file in its order. Comma or semicolon, columns in any order, others are left alone."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: is not a text in UTF-8") from error
    heading = text.partition("\n")[0]
    rows = csv.reader(StringIO(text), delimiter=";" if ";" in heading else ",")
    try:
        return list(_figures(path, rows))
    except csv.Error as error:
        raise FileError(f"{path}, line {rows.line_num}: {error}") from error


def _figures(path: str, rows) -> Iterator[Figures]:
    heading = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        raise FileError(f"{path}, line 1: no column {', '.join(missing)}; the columns are {','.join(COLUMNS)}")
    seen = {}
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(heading):
            raise FileError(f"{where}: {len(row)} cells instead of {len(heading)}")
        cells = dict(zip(heading, map(str.strip, row), strict=True))
        number = cells["number"]
        if not number:
            raise FileError(f"{where}: number is empty")
        if number in seen:
            raise FileError(f"{where}: number {number} stands in line {seen[number]} already")
        seen[number] = rows.line_num
        yield Figures(number, *(_amount(where, name, cells[name]) for name in ("capital", "business")))


def _amount(where: str, name: str, text: str) -> int:
    if re.fullmatch(r"-[0-9]+", text):
        raise FileError(f"{where}: {name} cannot be negative")
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise FileError(f"{where}: {name} {text!r} is not whole rupiah such as 1500000")
    return int(text)
