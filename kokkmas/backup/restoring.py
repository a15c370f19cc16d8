"""Out of the file again, into an empty database, with proof that nothing was lost on the way."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings

from kokkmas.backup.archive import BackupError, opened, run
from kokkmas.backup.manifest import Manifest, differences


def restore(path: Path, *, key: Path, place: dict) -> Manifest:
    """Fill the empty database at `place` from a backup. All of it or nothing; raises BackupError."""
    with opened(path, key) as (dump, manifest):
        if _tables(place):
            raise BackupError(
                f"the database {place['dbname']} is not empty, and nothing is restored over it: "
                "name a new one with --database"
            )
        run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", dump, place=place)
    return manifest


@contextlib.contextmanager
def new_database(name: str, *, place: dict, keep: bool) -> Iterator[dict]:
    """An empty database `name` on the server at `place`; without `keep` it goes again. Raises BackupError."""
    quoted = psycopg.sql.Identifier(name)
    try:
        with psycopg.connect(**place, autocommit=True) as server:
            server.execute(psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(quoted))
            try:
                yield place | {"dbname": name}
            finally:
                if not keep:
                    server.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))
    except psycopg.Error as error:
        raise BackupError(str(error).strip()) from error


def proven(saved: Manifest, *, place: dict) -> list[str]:
    """Compare the database at `place` with what was saved, and check its books. What is wrong, a sentence each."""
    with psycopg.connect(**place) as connection, connection.cursor() as cursor:
        wrong = differences(saved, Manifest.of(cursor))
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check_books", "--format", "json"],
        env=os.environ | {"DATABASE_URL": _url(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        checks = json.loads(done.stdout)["checks"]
    except (ValueError, KeyError):
        [reason] = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        return [*wrong, f"the books could not be checked: {reason}"]
    return wrong + [f"check {check['name']} fails: {check['promise']}" for check in checks if not check["passed"]]


def _tables(place: dict) -> int:
    try:
        with psycopg.connect(**place) as connection:
            return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]
    except psycopg.OperationalError as error:
        raise BackupError(f"the database {place['dbname']} does not answer: {error}") from error


def _url(place: dict) -> str:
    login = ":".join(quote(place[part], safe="") for part in ("user", "password") if place.get(part))
    host = place.get("host") or ""
    if host.startswith("/"):
        return f"postgresql://{login}@/{place['dbname']}?{urlencode({'host': host})}"
    return f"postgresql://{login}@{host}:{place.get('port') or 5432}/{place['dbname']}"
