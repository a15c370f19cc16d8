"""The role in which a test works.

Journeys, pages and commands are walked in the role of the application, so that a missing grant shows. Tests of single
services and of guards work as the owner: they write around the services, and the triggers have to say no to anybody.
"""

import contextlib
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

OF_THE_APPLICATION = re.compile(r"tests/(flows|browser)/|/test_(seed|tour|demo)|/test_\w*(views|pages)\w*\.py")


def take(path: str) -> None:
    """Before a test of the file `path` begins: its role, on every connection that is opened for it."""
    _log_in(settings.RUNTIME_ROLE if OF_THE_APPLICATION.search(path) else "")


@contextlib.contextmanager
def application() -> Iterator[None]:
    """The role of the application inside, for the rest of the transaction at most."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.RUNTIME_ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@contextlib.contextmanager
def around_the_guards() -> Iterator[None]:
    """What somebody does who owns the database and wants no trigger to fire; inside the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("RESET ROLE")


def update_refused(rows, name: str, **values) -> None:
    """The database refuses the update for `name`, by itself: whatever keeps the rows as they are steps aside."""
    constraint = _refusal(rows, values, contextlib.nullcontext())
    if constraint == "rows_are_kept":
        constraint = _refusal(rows, values, around_the_guards())
    assert constraint == name


def _refusal(rows, values, way):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), way:
        rows.update(**values)
    return error.value.__cause__.diag.constraint_name


@contextlib.contextmanager
def owner_on_new_connections() -> Iterator[None]:
    """For making and dropping databases."""
    role = _options().pop("options", None)
    try:
        yield
    finally:
        if role:
            _options()["options"] = role


def _log_in(role: str) -> None:
    wanted = f"-c role={role}" if role else None
    if _options().get("options") == wanted:
        return
    connection.close()
    if wanted:
        _options()["options"] = wanted
    else:
        _options().pop("options", None)


def _options() -> dict:
    """One dictionary, shared by the connections of all threads."""
    options = connection.settings_dict["OPTIONS"]
    settings.DATABASES["default"]["OPTIONS"] = options
    return options
