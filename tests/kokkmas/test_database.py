"""Which database is used, and what the shell says when there is none: one line and exit status 1."""

import os

import psycopg
import pytest

PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "a-key-that-is-long-enough-for-the-deployment-checks-0123456789",
    "DATABASE_URL": "postgresql://kokkmas@127.0.0.1/kokkmas",
    "ALLOWED_HOSTS": "koperasi.example",
}


def one_line(failed):
    """What a command said that failed as it should."""
    assert (failed.returncode, failed.stdout) == (1, "")
    (line,) = failed.stderr.splitlines()
    return line


def test_database_url_takes_the_application_to_another_server(checkout, server):
    server.ensure()
    assert checkout.run("manage.py", "check", "--database", "default", DATABASE_URL=server.url()).returncode == 0
    migrated = checkout.run("manage.py", "migrate", "core", "--verbosity", "0", DATABASE_URL=server.url())
    assert (migrated.returncode, migrated.stderr) == (0, "")
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT count(*) FROM core_user").fetchone() == (0,)
    assert checkout.server.postmaster() is None


def test_without_database_url_the_embedded_server_is_started(checkout):
    migrated = checkout.run("manage.py", "migrate", "core", "--verbosity", "0")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    with psycopg.connect(checkout.server.url()) as connection:
        assert connection.execute("SELECT count(*) FROM core_user").fetchone() == (0,)


def test_commands_that_need_no_database_start_none(checkout):
    assert checkout.run("manage.py", "check").returncode == 0
    assert checkout.server.postmaster() is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:p@no-such-host.invalid/db", "kokkmas: no database: failed to resolve host"),
        ("postgresql://u:p@127.0.0.1:1/db", "kokkmas: no database: connection failed"),
        ("postgresql:///db?host=/nowhere", "kokkmas: no database: connection is bad"),
        ("postgresql://u:p@127.0.0.1:port/db", "kokkmas: DATABASE_URL must look like"),
        ("mysql://u:p@127.0.0.1/db", "kokkmas: DATABASE_URL must look like"),
        ("nonsense", "kokkmas: DATABASE_URL must look like"),
    ],
)
@pytest.mark.parametrize("command", [("migrate",), ("runserver", "127.0.0.1:0"), ("demo", "--port", "0")])
def test_database_that_cannot_be_reached_is_one_line(checkout, command, url, said):
    assert one_line(checkout.run("manage.py", *command, DATABASE_URL=url)).startswith(said)


@pytest.mark.parametrize("command", [("migrate",), ("runserver", "127.0.0.1:0"), ("seed_demo",)])
def test_embedded_server_without_binaries_is_one_line(checkout, command):
    line = one_line(checkout.run("manage.py", *command, PG_BINDIR="/nowhere"))
    assert line == "kokkmas: no database: PG_BINDIR is /nowhere, but there is no initdb in that folder"


def test_folder_that_cannot_be_written_is_one_line(checkout):
    if os.geteuid() == 0:
        (checkout.folder / ".data").touch()  # root writes everywhere, but not below a file
    else:
        checkout.folder.chmod(0o500)
    line = one_line(checkout.run("manage.py", "migrate"))
    assert line.startswith("kokkmas: no database: the embedded PostgreSQL cannot be started (")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(checkout, name):
    line = one_line(checkout.run("manage.py", "check", **{**PRODUCTION, name: ""}))
    assert line == f"kokkmas: PRODUCTION is set, so {name} must be set too (see .env.example)."


def test_production_switches_are_where_django_reads_them(checkout):
    shown = checkout.run("manage.py", "diffsettings", "--output", "unified", **PRODUCTION)
    expected = {
        "+ SECURE_SSL_REDIRECT = True",
        "+ SESSION_COOKIE_SECURE = True",
        "+ CSRF_COOKIE_SECURE = True",
        "+ SECURE_HSTS_SECONDS = 31536000",
        "+ ALLOWED_HOSTS = ['koperasi.example']",
    }
    assert expected <= set(shown.stdout.splitlines())
    assert "+ DEBUG = True" not in shown.stdout


def test_demo_logins_are_not_made_in_production(checkout, server):
    server.ensure()
    production = PRODUCTION | {"DATABASE_URL": server.url()}
    assert "not in production" in one_line(checkout.run("manage.py", "seed_demo", **production))
