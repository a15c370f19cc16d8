"""Real servers in throw-away folders, and a copy of the checkout with nothing set up in it."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from kokkmas import backup
from kokkmas.embedded import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(tmp_path):
    """A server that has never run, in a folder with a space, a quote and an accent."""
    server = Server(tmp_path / "rumah 'Énak' kulit" / "pg", fast=True)
    yield server
    server.stop()


def place_of(server):
    """What psycopg and the tools connect with."""
    return {"host": str(server.sockets), "user": "postgres", "dbname": "postgres"}


def fill(server, folder):
    """Into an empty server: what this test has committed."""
    dump = folder / "books.dump"
    backup.archive.run("pg_dump", "--format=custom", "--file", dump, place=backup.place(connection))
    backup.archive.run("pg_restore", "--no-owner", dump, place=place_of(server))


class Checkout:
    """A copy of the source in which `manage.py` is run as from a shell."""

    def __init__(self, folder: Path):
        self.folder = folder
        unwanted = shutil.ignore_patterns(".*", "__pycache__", "mutants", "node_modules", "staticfiles", "tests")
        shutil.copytree(ROOT, folder, ignore=unwanted)
        self.server = Server(folder / ".data" / "pg")

    def environment(self, **variables):
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PRODUCTION")}
        return inherited | {"DJANGO_SETTINGS_MODULE": "kokkmas.settings", "PYTHONUNBUFFERED": "1"} | variables

    def command(self, *arguments):
        return [sys.executable, *arguments]

    def run(self, *arguments, **variables):
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=240,
        )

    def start(self, *arguments, **variables):
        """A command left running; its group can be signalled like a terminal's."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


@pytest.fixture
def checkout(tmp_path):
    checkout = Checkout(tmp_path / "klon 'uji' coba")
    yield checkout
    checkout.server.stop()


@pytest.fixture
def port():
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
