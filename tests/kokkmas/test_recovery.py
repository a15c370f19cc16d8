"""A lost machine comes back to the minute, with the server's own tools, as docs/operations/scale.md tells it."""

import os
import shutil
import signal
import subprocess
import threading
import time

import psycopg
import pytest

from kokkmas import embedded

pytestmark = pytest.mark.slow


def tool(server, name, *arguments):
    code, said = embedded._Account(server.root).run(embedded.binaries() / name, *arguments)
    assert code == 0, f"{name}: {said}"


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in a minute"
        time.sleep(0.1)


@pytest.fixture
def archive(server, tmp_path):
    """The folder into which the log of `server` streams, as it is written."""
    server.ensure()
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("\nsummarize_wal = on\nsynchronous_commit = on\nsynchronous_standby_names = 'archive'\n")
    folder = tmp_path / "wal"
    folder.mkdir()
    receive = [embedded.binaries() / "pg_receivewal", "--dbname", f"{server.url()}&application_name=archive"]
    receive += ["--directory", folder, "--slot", "archive"]
    subprocess.run([*receive, "--create-slot", "--if-not-exists"], check=True)
    receiver = subprocess.Popen([*receive, "--synchronous"])
    server.stop()
    server.ensure()
    yield folder
    receiver.terminate()
    receiver.wait(10)


def test_a_machine_lost_at_work_is_back_with_every_confirmed_posting(server, archive, tmp_path):
    place = server.url()
    with psycopg.connect(place, autocommit=True) as session:
        session.execute("CREATE TABLE posting (number int PRIMARY KEY)")
        session.execute("INSERT INTO posting SELECT generate_series(-1000, -1)")
    sunday, monday = tmp_path / "sunday", tmp_path / "monday"
    tool(server, "pg_basebackup", "--dbname", place, "--pgdata", sunday, "--checkpoint=fast")
    with psycopg.connect(place, autocommit=True) as session:
        session.execute("INSERT INTO posting VALUES (0)")
    manifest = sunday / "backup_manifest"
    tool(server, "pg_basebackup", "--dbname", place, "--pgdata", monday, "--checkpoint=fast", "--incremental", manifest)

    confirmed = []

    def cashier():
        try:
            with psycopg.connect(place, autocommit=True) as session:
                for number in range(1, 1_000_000):
                    session.execute("INSERT INTO posting VALUES (%s)", [number])
                    confirmed.append(number)
        except psycopg.OperationalError:
            return

    work = threading.Thread(target=cashier)
    work.start()
    wait_for(lambda: len(confirmed) > 200)
    os.kill(server.postmaster(), signal.SIGKILL)
    work.join(30)
    wait_for(lambda: server.postmaster() is None)
    shutil.rmtree(server.data)

    tool(server, "pg_combinebackup", sunday, monday, "--output", server.data)
    with (server.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            "synchronous_standby_names = ''\n"
            f'restore_command = \'cp "{archive}/%f" "%p" || cp "{archive}/%f.partial" "%p"\'\n'
            "recovery_target_timeline = 'latest'\nrecovery_target_action = 'promote'\n"
        )
    (server.data / "recovery.signal").touch()
    server.ensure()

    with psycopg.connect(place) as session:
        wait_for(lambda: not session.execute("SELECT pg_is_in_recovery()").fetchone()[0])
        stored = {number for (number,) in session.execute("SELECT number FROM posting WHERE number > 0")}
        [older] = session.execute("SELECT count(*) FROM posting WHERE number <= 0").fetchone()
    assert older == 1001
    assert set(confirmed) <= stored, "a confirmed posting is lost"
    assert len(stored) - len(confirmed) <= 1, "at most the one that was under way came too"
