"""The database is stopped under a running application: people get a clear page, and work resumes by itself."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from core.permissions import Role
from kokkmas.embedded import RUNTIME
from tests import builders
from tests.kokkmas.conftest import fill

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCRIPT = """
import json, sys, django
django.setup()
from pathlib import Path
from django.db import close_old_connections
from django.test import Client
from core.models import User
from kokkmas.embedded import Server

server = Server(Path(sys.argv[1]), fast=True)
client = Client(raise_request_exception=False, headers={"host": "localhost"})
client.force_login(User.objects.get(role="treasurer"))

def ask(path, method="get", **more):
    close_old_connections()  # as between two requests of a real server, which the test client leaves out
    answer = getattr(client, method)(path, **more)
    said = "basis data tidak menjawab" in answer.content.decode().lower()
    return [answer.status_code, answer.get("Retry-After"), said]

before = ask("/")
server.stop()
away = {"page": ask("/"), "form": ask("/theme/", "post", data={"theme": "dark"}), "health": ask("/health/")[0]}
server.ensure()
print(json.dumps({"before": before, "after": ask("/"), **away}))
"""


def test_the_database_stops_and_comes_back(server, tmp_path):
    builders.open_books()
    builders.the_user(Role.TREASURER)
    server.ensure()
    fill(server, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, server.root],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "kokkmas.settings", "DATABASE_URL": server.url(RUNTIME), "DEBUG": "0"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["before"] == seen["after"] == [200, None, False]
    assert seen["page"] == [503, "10", True]
    assert seen["health"] == 503
    assert seen["form"][0] in (302, 503)  # the theme needs no database once the session is not asked
