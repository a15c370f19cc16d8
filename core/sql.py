"""Set-based questions: one .sql file, named parameters, rows as plain named tuples."""

import re
from collections import namedtuple
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, models

from core import replica


@cache
def text(path: str) -> str:
    """The statement in `path`, relative to the checkout; `--include app/sql/x.sql--` puts that file in its place."""
    statement = (settings.BASE_DIR / Path(path)).read_text(encoding="utf-8")
    return re.sub(r"--include (\S+)--", lambda found: text(found[1]), statement)


def rows(path: str, **parameters) -> list:
    """Run the statement in the .sql file `path`; parameters are `%(name)s` there. Money columns must be `::bigint`."""
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute(text(path), parameters)
        make = _row(tuple(column.name for column in cursor.description))._make
        return [make(values) for values in cursor.fetchall()]


def value(path: str, **parameters):
    """The one value that the statement in the .sql file `path` gives."""
    with connections[replica.alias()].cursor() as cursor:
        cursor.execute(text(path), parameters)
        return cursor.fetchone()[0]


@cache
def _row(columns: tuple[str, ...]) -> type:
    return namedtuple("Row", columns)


def next_pk(model) -> int:
    """A primary key put aside for a row that an entry's reference names before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return cursor.fetchone()[0]


def next_pks(model, count: int) -> list[int]:
    """The same for many rows, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def written(row: models.Model) -> models.Model:
    """`row`, an instance with the key that a statement has just given, as if the model had saved it."""
    row._state.adding = False
    row._state.db = connection.alias
    return row
