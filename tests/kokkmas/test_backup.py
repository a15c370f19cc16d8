"""Backup and restore as an officer runs them: one file, opened with a key, and a house that is the same again."""

import datetime
import io
import os
import resource
import subprocess
import sys

import psycopg
import pyrage
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import Notice, StoredFile
from core.permissions import Role
from kokkmas import backup
from ledger.models import Period, Unit
from ledger.services import close_period
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = bytes(range(256)) * 40


@pytest.fixture
def books():
    """Money in both units, a month that is closed and sealed, a photo in the database."""
    builders.open_books()
    builders.capital()
    close_period(
        Period.objects.get(unit=Unit.USP, month="2024-01-01"),
        on=datetime.date(2024, 2, 3),
        by=builders.the_user(Role.TREASURER),
    )
    StoredFile.objects.create(
        name="nota.jpg",
        content_type="image/jpeg",
        content=PHOTO,
        size=len(PHOTO),
        at="2026-11-24T10:00:00Z",
        by=builders.the_user(Role.TREASURER),
    )


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "officer.key"
    backup.new_key(path)
    return path


@pytest.fixture
def saved(tmp_path, key, books):
    """A backup file of the books."""
    public = key.read_text().splitlines()[0].removeprefix("# public key: ")
    path, _manifest = backup.make(tmp_path / "backups", place=backup.place(connection), keepers=[public])
    return path


@pytest.fixture
def elsewhere():
    """The name of a database that is gone when the test ends."""
    name = f"restored_{os.getpid()}"
    yield name
    with psycopg.connect(**backup.place(connection), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def command(name, *arguments):
    said = io.StringIO()
    call_command(name, *map(str, arguments), stdout=said)
    return said.getvalue()


def test_everything_comes_back_and_the_books_agree(saved, key, elsewhere):
    said = command("restore", saved, "--key", key, "--database", elsewhere)
    assert "every check of the books passes" in said
    with psycopg.connect(**backup.place(connection, database=elsewhere)) as other:
        assert other.execute("SELECT content FROM core_storedfile").fetchone()[0] == PHOTO
        [seal] = other.execute("SELECT seal FROM ledger_period WHERE seal <> ''").fetchone()
    assert seal == Period.objects.get(unit=Unit.USP, month="2024-01-01").seal


def test_one_line_that_differs_is_named(saved, key, elsewhere):
    """What somebody bent between saving and proving shows in rows, balances and seals alike."""
    with backup.new_database(elsewhere, place=backup.place(connection), keep=True) as place:
        manifest = backup.restore(saved, key=key, place=place)
    with psycopg.connect(**place) as other:
        other.execute("SET session_replication_role = replica")  # what an owner can do: no trigger fires
        other.execute("UPDATE ledger_line SET debit = debit - 1 WHERE debit > 0")
        other.execute("DELETE FROM core_storedfile")
    wrong = backup.proven(manifest, place=place)
    assert "rows of core_storedfile: 1 saved, 0 restored" in wrong
    assert any(each.startswith("balance of ") for each in wrong)
    assert any(each.startswith("check seals_valid fails") for each in wrong)


def test_a_database_in_use_is_not_overwritten(saved, key):
    with pytest.raises(CommandError, match="is not empty"):
        command("restore", saved, "--key", key)


def test_a_stranger_reads_nothing(saved, tmp_path):
    assert b"nota.jpg" not in saved.read_bytes()
    stranger = tmp_path / "stranger.key"
    backup.new_key(stranger)
    with pytest.raises(CommandError, match="does not open"):
        command("restore", saved, "--key", stranger)


def test_either_officer_opens_it(tmp_path, books):
    public = []
    for name in ("chair.key", "treasurer.key"):
        public.append(backup.new_key(tmp_path / name))
    path, _manifest = backup.make(tmp_path / "backups", place=backup.place(connection), keepers=public)
    for name in ("chair.key", "treasurer.key"):
        with backup.opened(path, tmp_path / name) as (dump, manifest):
            assert dump.stat().st_size > 0
            assert manifest.rows["core_storedfile"] == 1


def test_a_torn_file_is_refused(saved, key):
    saved.write_bytes(saved.read_bytes()[:-100])
    with pytest.raises(CommandError, match="does not open"):
        command("restore", saved, "--key", key)


def test_a_dump_that_was_exchanged_is_refused(saved, key, tmp_path):
    """Who has the public key can make a file; the manifest's digest still has to fit its dump."""
    [secret] = [line for line in key.read_text().splitlines() if line.startswith("AGE")]
    identity = pyrage.x25519.Identity.from_str(secret)
    plain = pyrage.decrypt(saved.read_bytes(), [identity])
    forged = plain.replace(b"PGDMP", b"PGDMQ", 1)
    assert forged != plain
    saved.write_bytes(pyrage.encrypt(forged, [identity.to_public()]))
    with pytest.raises(CommandError, match="is not the one its manifest describes"):
        command("restore", saved, "--key", key)


def test_a_full_disk_leaves_the_old_backup_and_no_half_one(tmp_path, books):
    """The system refuses to write beyond 20 kB, as it does when nothing is free."""
    folder = tmp_path / "backups"
    settings_of_place = {name: str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT", "USER")}
    script = f"""
import os, resource, django
from pathlib import Path
django.setup()
from django.db import connection
connection.settings_dict.update({settings_of_place!r})
from kokkmas import backup
key = backup.new_key(Path({str(tmp_path / "k")!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, {resource.RLIM_INFINITY}))
try:
    backup.make(Path({str(folder)!r}), place=backup.place(connection), keepers=[key])
except backup.BackupError as error:
    print("refused:", error)
"""
    folder.mkdir()
    (folder / f"2026-01-01T000000Z{backup.archive.SUFFIX}").write_bytes(b"of yesterday")
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    assert done.stdout.startswith("refused:"), done.stderr
    assert [path.read_bytes() for path in folder.iterdir()] == [b"of yesterday"]


def test_the_drill_tells_the_supervisor(saved, key):
    supervisor = builders.a_user(Role.SUPERVISOR)
    command("restore_drill", "--folder", saved.parent, "--key", key)
    [notice] = Notice.objects.filter(to=supervisor)
    assert saved.name in notice.text
    with psycopg.connect(**backup.place(connection)) as server:
        assert not server.execute("SELECT 1 FROM pg_database WHERE starts_with(datname, 'kokkmas_drill')").fetchall()


def test_a_drill_that_fails_tells_the_supervisor_too(saved, key):
    supervisor = builders.a_user(Role.SUPERVISOR)
    saved.write_bytes(b"nothing")
    with pytest.raises(CommandError):
        command("restore_drill", "--folder", saved.parent, "--key", key)
    [notice] = Notice.objects.filter(to=supervisor)
    assert "gagal" in notice.text


def test_backup_command_makes_a_key_for_trying_and_keeps_to_its_number(tmp_path, books):
    for _time in range(2):
        said = command("backup", "--to", tmp_path, "--keep", 1)
    assert (tmp_path / "key.txt").stat().st_mode & 0o077 == 0
    assert "1 closed months" in said
    with backup.opened(backup.newest(tmp_path), tmp_path / "key.txt") as (_dump, manifest):
        assert len(manifest.seals) == 1


def test_the_newest_stay_and_the_last_of_each_month(tmp_path):
    names = ["2026-08-30", "2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03"]
    for name in names:
        (tmp_path / f"{name}T010000Z{backup.archive.SUFFIX}").touch()
    gone = backup.prune(tmp_path, keep=2)
    assert [path.name[:10] for path in gone] == ["2026-08-30", "2026-09-01", "2026-10-01"]


def test_production_wants_the_keys_of_officers(tmp_path, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="BACKUP_KEEPERS"):
        command("backup", "--to", tmp_path)
