"""The books check themselves: every file in reports/checks/ is a question that must have no answer.

A new invariant is a new file: its first line, a comment, says what should be true; each row it returns is a case
where it is not. `%(as_of)s` is the last day looked at.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext

from core import sql

FOLDER = Path(__file__).parent / "checks"


@dataclass(frozen=True)
class Check:
    """One invariant and the rows that break it; `rows` are named tuples with the columns of the statement."""

    name: str
    promise: str
    rows: list

    @property
    def said(self) -> str:
        """The promise in the reader's language."""
        return gettext(self.promise)

    @property
    def passed(self) -> bool:
        return not self.rows


def run_all(*, as_of: datetime.date, watch: Callable = iter) -> list[Check]:
    """Every check of the books, in alphabetical order. `watch` may show how far they are (`core.progress.watching`)."""
    return [run(path.stem, as_of=as_of) for path in watch(sorted(FOLDER.glob("*.sql")))]


def run(name: str, *, as_of: datetime.date) -> Check:
    path = FOLDER / f"{name}.sql"
    return Check(name, promise(path), sql.rows(f"reports/checks/{path.name}", as_of=as_of))


def promise(path: Path) -> str:
    """What should be true, in English: the first line of the statement. `makemessages` collects it."""
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("--").strip()
