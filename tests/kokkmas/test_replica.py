"""Reading from a standby, on two real servers: reports leave the primary, and nobody is shown less than they know."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from kokkmas import embedded
from tests import builders
from tests.kokkmas.conftest import fill

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCRIPT = """
import json, sys, django
django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.db import connections
from django.test import Client
from core.models import User
from core import replica

client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(role="treasurer"))
asked = {"default": 0, "replica": 0}

def count(name):
    def wrapper(execute, sql, params, many, context):
        asked[name] += "pg_last_wal" not in sql and "ledger_" in sql
        return execute(sql, params, many, context)
    return wrapper

for name in asked:
    connections[name].execute_wrappers.append(count(name))
client.cookies[replica.SEEN] = sys.argv[1]
response = client.get(sys.argv[2])
seen = ""
if len(sys.argv) > 3:
    seen = client.post("/theme/", {"theme": "dark"}).cookies[replica.SEEN].value
print(json.dumps({"status": response.status_code, "seen": seen, **asked}))
"""


class TwoMachines:
    """A primary with the books of the tests, and a standby that follows it."""

    def __init__(self, folder: Path):
        self.primary, self.standby = (embedded.Server(folder / name, fast=True) for name in ("one", "two"))
        self.primary.ensure()
        fill(self.primary, folder)
        self._tool("pg_basebackup", "--pgdata", self.standby.data, "--write-recovery-conf", "--checkpoint=fast")
        self.standby.ensure()

    def _tool(self, name, *arguments):
        self.standby.root.mkdir(parents=True, exist_ok=True)
        command = [embedded.binaries() / name, "--dbname", self.primary.url(), *arguments]
        account = embedded._Account(self.primary.data)
        code, said = account.run(*command)
        assert code == 0, said

    def ask(self, path, *, seen="0/0", then_write=False):
        """A GET of `path` by the treasurer: its status, and how many statements about the ledger each machine got."""
        arguments = [seen, path, *(["write"] if then_write else [])]
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, *arguments],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "kokkmas.settings",
                "DATABASE_URL": self.primary.url(embedded.RUNTIME),
                "REPLICA_URL": self.standby.url(embedded.RUNTIME),
            },
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def tell(self, server, statement):
        with psycopg.connect(server.url(), autocommit=True) as session:
            cursor = session.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture
def machines(tmp_path):
    builders.open_books()
    builders.capital()
    machines = TwoMachines(tmp_path)
    yield machines
    for server in (machines.standby, machines.primary):
        with contextlib.suppress(embedded.EmbeddedError):
            server.stop()


def test_reports_are_read_from_the_standby_unless_it_is_behind(machines):
    """One story, because two servers are dear: fresh, written by oneself, an hour behind, gone."""
    fresh = machines.ask("/reports/", then_write=True)
    assert fresh["status"] == 200
    assert fresh["replica"] > 0
    assert fresh["default"] == 0

    other_rooms = machines.ask("/ledger/")
    assert other_rooms["replica"] == 0
    assert other_rooms["default"] > 0

    forged = machines.ask("/reports/", seen="'; DROP TABLE ledger_line")
    assert forged["replica"] == 0

    machines.tell(machines.standby, "SELECT pg_wal_replay_pause()")
    machines.tell(machines.primary, "CREATE TABLE written AS SELECT 1 AS one")
    mine = machines.tell(machines.primary, "SELECT pg_current_wal_lsn()")
    written = machines.ask("/reports/", seen=mine)
    assert written["replica"] == 0
    assert written["default"] > 0

    machines.tell(machines.standby, "SELECT pg_wal_replay_resume()")
    machines.tell(machines.standby, "ALTER SYSTEM SET recovery_min_apply_delay = '1h'")
    machines.tell(machines.standby, "SELECT pg_reload_conf()")
    machines.tell(machines.primary, "CREATE TABLE of_others AS SELECT 1 AS one")
    machines.tell(machines.primary, "SELECT pg_sleep(3)")
    behind = machines.ask("/reports/")
    assert behind["replica"] == 0
    assert behind["default"] > 0

    machines.standby.stop()
    gone = machines.ask("/reports/")
    assert gone["status"] == 200
    assert gone["default"] > 0
