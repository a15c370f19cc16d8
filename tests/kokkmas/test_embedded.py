"""The launcher against real servers: every trap that a checkout on somebody's machine can fall into."""

import os
import signal
import socket
import subprocess
import time
from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest

from kokkmas import embedded
from kokkmas.embedded import EmbeddedError, Server


def query(server, statement):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def kill(server):
    """kill -9, and wait until the process is gone."""
    pid = server.postmaster()
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while server.postmaster() is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    return pid


def start_in_another_process(root):
    server = Server(root, fast=True)
    server.ensure()
    return server.postmaster()


def test_cold_start_makes_a_cluster_that_answers_on_a_socket_only(server):
    assert not server.answers()
    server.ensure()
    assert query(server, "SHOW server_encoding") == "UTF8"
    assert query(server, "SHOW listen_addresses") == ""
    assert query(server, "SELECT upper('énak')") == "ÉNAK"
    assert server.sockets.stat().st_mode & 0o077 == 0


def test_second_start_uses_the_server_that_runs(server):
    server.ensure()
    pid = server.postmaster()
    Server(server.root).ensure()
    assert server.postmaster() == pid


def test_data_survive_a_killed_server(server):
    server = Server(server.root)  # with the settings of development: nothing traded for speed
    server.ensure()
    query(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    killed = kill(server)
    server.ensure()
    assert server.postmaster() != killed
    assert query(server, "SELECT answer FROM kept") == 42


def test_killed_server_of_the_tests_begins_anew(server):
    server.ensure()
    query(server, "CREATE TABLE doubtful AS SELECT 42 AS answer")
    kill(server)
    server.ensure()
    assert query(server, "SELECT to_regclass('doubtful')") is None


def test_stale_pid_of_a_live_foreign_process_is_no_obstacle(server):
    server.ensure()
    kill(server)
    pidfile = server.data / "postmaster.pid"
    lines = pidfile.read_text().splitlines()
    pidfile.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert server.postmaster() is None
    server.ensure()
    assert query(server, "SELECT 1") == 1


def test_stale_socket_lock_of_a_live_foreign_process_is_no_obstacle(server):
    server.ensure()
    server.stop()
    server.sockets.mkdir(mode=0o700)
    (server.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")
    server.ensure()
    assert query(server, "SELECT 1") == 1


def test_socket_swept_out_of_tmp_is_made_again(server):
    server.ensure()
    (server.sockets / ".s.PGSQL.5432").unlink()
    server.ensure()
    assert query(server, "SELECT 1") == 1


def test_two_processes_at_once_start_one_server(server):
    with get_context("spawn").Pool(2) as pool:
        pids = pool.map(start_in_another_process, [server.root, server.root])
    assert pids == [server.postmaster()] * 2


def test_interrupted_initdb_is_begun_anew(server):
    half = server.root / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.ensure()
    assert query(server, "SELECT 1") == 1
    assert not half.exists()


def test_stop_ends_the_server_and_its_socket_and_may_be_said_twice(server):
    server.ensure()
    server.stop()
    server.stop()
    assert server.postmaster() is None
    assert not server.sockets.exists()


def test_stop_makes_no_folder_where_nothing_ever_ran(tmp_path):
    Server(tmp_path / "pg").stop()
    assert list(tmp_path.iterdir()) == []


def test_data_of_another_major_version_are_refused_with_advice(server):
    server.ensure()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedError, match=r"was made by PostgreSQL 9.*set PG_BINDIR"):
        server.ensure()


def test_folder_of_somebody_else_in_the_place_of_the_socket_is_not_used(server, tmp_path):
    server.sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            server.ensure()
    finally:
        server.sockets.unlink()


def test_server_that_cannot_start_says_the_reason_of_its_log(server):
    server.ensure()
    server.stop()
    with (server.data / "postgresql.conf").open("a") as configuration:
        configuration.write("\nmax_connections = 'many'\n")
    with pytest.raises(EmbeddedError, match=r"did not start: .*FATAL") as refusal:
        server.ensure()
    assert len(str(refusal.value).splitlines()) == 1


def test_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedError, match="Not a directory"):
        Server(tmp_path / "file" / "pg").ensure()


def test_binaries_come_from_pg_bindir_before_anything_else(monkeypatch, tmp_path):
    monkeypatch.delenv("PG_BINDIR", raising=False)
    found = embedded.binaries()
    monkeypatch.setenv("PG_BINDIR", os.path.relpath(found))
    assert embedded.binaries() == Path(found)
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(EmbeddedError, match="there is no initdb"):
        embedded.binaries()


@pytest.mark.skipif(not Path("/usr/lib/postgresql/15/bin/initdb").exists(), reason="needs Debian's PostgreSQL 15")
def test_postgresql_15_serves_too(server, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", "/usr/lib/postgresql/15/bin")
    server.ensure()
    assert query(server, "SHOW server_version_num").startswith("15")


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL refuses only root")
def test_root_without_user_namespaces_runs_it_as_another_user(monkeypatch):
    monkeypatch.setattr(embedded._Account, "_namespaces_work", lambda self: False)
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/kokkmas-test-XXXXXX"], text=True).strip())
    folder.chmod(0o755)
    server = Server(folder / "pg", fast=True)
    try:
        if subprocess.run(["setpriv", "--reuid=nobody", "test", "-x", embedded.binaries() / "initdb"]).returncode:
            with pytest.raises(EmbeddedError):
                server.ensure()
        else:
            server.ensure()
            assert query(server, "SELECT 1") == 1
            assert server.data.stat().st_uid != 0
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", folder, server.sockets])


def test_command_line_starts_tells_and_stops(checkout):
    assert checkout.run("-m", "kokkmas.embedded", "status").returncode == 1
    assert checkout.run("-m", "kokkmas.embedded", "start").returncode == 0
    told = checkout.run("-m", "kokkmas.embedded", "status")
    assert told.stdout == f"running as process {checkout.server.postmaster()}: {checkout.server.url()}\n"
    assert checkout.run("-m", "kokkmas.embedded", "stop").returncode == 0
    assert checkout.server.postmaster() is None


def test_command_line_says_one_line_where_it_fails(checkout):
    failed = checkout.run("-m", "kokkmas.embedded", "start", PG_BINDIR="/nowhere")
    assert failed.returncode == 1
    assert failed.stderr == "kokkmas: PG_BINDIR is /nowhere, but there is no initdb in that folder\n"


def test_autoreloader_and_its_child_share_one_server(checkout, port):
    process = checkout.start("manage.py", "runserver", f"127.0.0.1:{port}")
    try:
        wait_for(port)
        pid = checkout.server.postmaster()
        (checkout.folder / "kokkmas" / "urls.py").touch()  # the child ends, another one starts
        time.sleep(2.5)
        wait_for(port)
        assert checkout.server.postmaster() == pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
    assert "Traceback" not in output


def wait_for(port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port}")
