"""One file for everything: a dump of the database with a manifest of what it holds, encrypted for its keepers.

The file is an `age` file (https://age-encryption.org) around a tar archive of `manifest.json` and `database.dump`:
with the key, `age -d FILE | tar x` and `pg_restore` open it without this program.
"""

import contextlib
import dataclasses
import datetime
import hashlib
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pyrage

from core import dates
from kokkmas import embedded
from kokkmas.backup.manifest import Manifest

SUFFIX = ".kokkmas.age"


class BackupError(Exception):
    """Why there is no backup, or why it was not restored, in a line for the person at the shell."""


def place(connection, *, database: str = "") -> dict:
    """How psycopg reaches the database of a Django connection, or another one of the same server."""
    wanted = connection.get_connection_params()
    found = {key: wanted[key] for key in ("host", "port", "user", "password", "dbname") if wanted.get(key)}
    return found | ({"dbname": database} if database else {})


def new_key(path: Path) -> str:
    """Write a fresh private key to `path`, readable by its owner only, and return the public one."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    except OSError as error:
        raise BackupError(f"the key was not written: {error}") from error
    return str(identity.to_public())


def make(folder: Path, *, place: dict, keepers: list[str]) -> tuple[Path, Manifest]:
    """Save the database at `place` (what psycopg connects with) for whoever holds a private key of `keepers`.

    Dump and manifest are of one snapshot; people go on working meanwhile. The file is complete or it is not there.
    Raises BackupError.
    """
    try:
        recipients = [pyrage.x25519.Recipient.from_str(keeper) for keeper in keepers]
    except pyrage.RecipientError as error:
        raise BackupError(f"one of the public keys is none: {error}") from error
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as workshop:
            dump, tar, draft = (Path(workshop) / name for name in ("database.dump", "all.tar", "draft"))
            manifest = _dump(dump, place)
            note = Path(workshop) / "manifest.json"
            note.write_text(manifest.text())
            with tarfile.open(tar, "w") as archive:
                for each in (note, dump):
                    archive.add(each, arcname=each.name)
            dump.unlink()
            with tar.open("rb") as plain, draft.open("xb") as secret:
                pyrage.encrypt_io(plain, secret, recipients)
                secret.flush()
                os.fsync(secret.fileno())
            target = folder / f"{dates.now().astimezone(datetime.UTC):%Y-%m-%dT%H%M%SZ}{SUFFIX}"
            draft.rename(target)
    except (OSError, pyrage.EncryptError) as error:
        raise BackupError(f"the backup was not written, and nothing of it is left: {error}") from error
    return target, manifest


@contextlib.contextmanager
def opened(path: Path, key: Path) -> Iterator[tuple[Path, Manifest]]:
    """Decrypt a backup: its dump and its manifest, while it is open.

    Raises BackupError for a wrong key or a torn file.
    """
    with tempfile.TemporaryDirectory(prefix="kokkmas-restore-") as folder:
        tar = Path(folder) / "all.tar"
        try:
            lines = key.read_text().splitlines()
            identities = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
            with path.open("rb") as secret, tar.open("wb") as plain:
                pyrage.decrypt_io(secret, plain, identities)
            with tarfile.open(tar) as archive:
                archive.extractall(folder, filter="data")
            manifest = Manifest.read((Path(folder) / "manifest.json").read_text())
        except (pyrage.IdentityError, pyrage.DecryptError, tarfile.TarError, OSError, ValueError, TypeError) as error:
            raise BackupError(f"{path.name} does not open with {key.name}: {error}") from error
        dump = Path(folder) / "database.dump"
        if _digest(dump) != manifest.sha256:
            raise BackupError(f"the dump in {path.name} is not the one its manifest describes")
        tar.unlink()
        yield dump, manifest


def newest(folder: Path) -> Path:
    """The last backup in `folder`. Raises BackupError where there is none."""
    if not (found := sorted(folder.glob(f"*{SUFFIX}"))):
        raise BackupError(f"there is no backup in {folder}")
    return found[-1]


def prune(folder: Path, *, keep: int) -> list[Path]:
    """Delete what is too old: the newest `keep` stay, and the last of every month. Returns what went."""
    found = sorted(folder.glob(f"*{SUFFIX}"))
    of_month = {path.name[:7]: path for path in found}  # names begin with the day: the last of a month wins
    old = [path for path in found[: max(len(found) - keep, 0)] if path not in of_month.values()]
    for path in old:
        path.unlink()
    return old


def run(name: str, *arguments: object, place: dict) -> None:
    """A tool of PostgreSQL on the database at `place`; the password goes by the environment, where `ps` shows none."""
    place = dict(place)
    password = place.pop("password", None)
    variables = os.environ | ({"PGPASSWORD": password} if password else {})
    target = psycopg.conninfo.make_conninfo(
        **{key: place[key] for key in ("host", "port", "user", "dbname") if place.get(key)}
    )
    command = [embedded.binaries() / name, *map(str, arguments), "--dbname", target]
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise BackupError(f"{name} failed: {said[-1]}")


def _dump(path: Path, place: dict) -> Manifest:
    try:
        with psycopg.connect(**place) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            with connection.cursor() as cursor:
                [snapshot] = cursor.execute("SELECT pg_export_snapshot()").fetchone()
                manifest = Manifest.of(cursor)
                run("pg_dump", "--format=custom", "--snapshot", snapshot, "--file", path, place=place)
    except psycopg.Error as error:
        raise BackupError(f"the database does not answer: {error}") from error
    return dataclasses.replace(manifest, sha256=_digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
