"""The database of the tests: migrated once, kept as a template, and cloned for every process that runs tests.

The template's name ends with a digest of all it is built from, so that it serves until a migration, the chart of
accounts or PostgreSQL changes. In the embedded server it is kept from run to run (`.data/pg-test`, where `make clean`
finds it); a server named by DATABASE_URL is somebody's own, and the template leaves it with the run.
"""

import contextlib
import functools
import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from tests.roles import owner_on_new_connections

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "*/migrations/**/*.py",
    "*/migrations/**/*.sql",
    "*/apps.py",  # what follows a migration: reference rows and guards
    "core/guards.py",
    "kokkmas/keeping/*.py",
    "ledger/chart.py",
    "tests/database.py",
)
PREFIX = f"test_template_{settings.DATABASES['default']['NAME'][:20]}_"
LOCK = 20261124
"""One process at a time builds or drops templates."""


def prepare(*, anew=False) -> None:
    """Make the template unless it is there; `anew` in any case. Templates of other sources go."""
    with _maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        wanted = _template(cursor)
        for name in _templates(cursor):
            if anew or name != wanted:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        if wanted not in _templates(cursor):
            _build(wanted, cursor)


def begins_with(build: Callable[[], None]):
    """Over a fixture: what `build` commits is there when a test that asks for this fixture begins.

    It is built once a process, in a database of its own; what the tests do in it is rolled back.
    """

    def decorate(fixture):
        fixture.begins_with = build
        return fixture

    return decorate


def enter(build: Callable[[], None] | None) -> None:
    """Go into the clone in which `build` has been at work, or into the untouched one."""
    name = _clone_name(build)
    if name not in _clean:
        clone(name)
        if build:
            build()
        _clean.add(name)
    elif name != connection.settings_dict["NAME"]:
        _use(name)


def spoil() -> None:
    """A test has committed for real: whoever needs this clone next gets a new one."""
    _clean.discard(connection.settings_dict["NAME"])


def clone(name: str) -> None:
    connections.close_all()
    with _maintenance() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(cursor)}" STRATEGY FILE_COPY')
    _use(name)


def drop() -> None:
    """Take the databases of this process away."""
    connections.close_all()
    with _maintenance() as cursor:
        for name in _clean:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


_clean: set[str] = set()
"""Clones in which no test has committed."""


def _clone_name(build) -> str:
    return f"{_own_name()}_{build.__name__}" if build else _own_name()


@functools.cache
def _own_name() -> str:
    """Asked once: Django makes it from the name of the database that is in use, which changes with every clone."""
    return connection.creation._get_test_db_name()


def forget() -> None:
    """Take every template away."""
    with _maintenance() as cursor:
        for name in _templates(cursor):
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def _maintenance():
    """A cursor outside the database of the tests and outside any transaction."""
    with owner_on_new_connections(), connection.creation._nodb_cursor() as cursor:
        yield cursor


def _templates(cursor) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _template(cursor) -> str:
    cursor.execute("SELECT version()")
    [server] = cursor.fetchone()
    return PREFIX + _digest(server)


@functools.cache
def _digest(server: str) -> str:
    digest = hashlib.sha256(f"{server} {version('django')} {version('django-pgtrigger')}".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _build(name, cursor):
    """Migrate a database beside its place and rename it when whole."""
    test = connection.settings_dict["TEST"]
    own, home = test["NAME"], connection.settings_dict["NAME"]
    test["NAME"] = building = f"{name}_building"
    try:
        with owner_on_new_connections():
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
    finally:
        connection.close()
        test["NAME"] = own
        _use(home)
    cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def _use(name):
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
