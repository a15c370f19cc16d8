"""One transaction tells the whole story, so a savepoint is only needed where a refusal is part of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def few_savepoints() -> Iterator[None]:
    """Services run without savepoints of their own, which are a quarter of all statements."""
    with _savepoints(False):
        yield


@contextmanager
def refusal_possible() -> Iterator[None]:
    """With savepoints: what is refused in here is undone and the story goes on."""
    with _savepoints(True):
        yield


@contextmanager
def _savepoints(wanted: bool) -> Iterator[None]:
    before = connection.features.uses_savepoints
    connection.features.uses_savepoints = wanted
    try:
        yield
    finally:
        connection.features.uses_savepoints = before
