"""`manage.py demo` from nothing, as a newcomer runs it."""

import os
import signal
import time
import urllib.error
import urllib.request
from io import StringIO

from django.core.management import call_command

from core.permissions import Role
from kokkmas.management.commands import demo
from tests.builders import a_user

SOMEBODY = (
    "from core.services import create_user; "
    "create_user(username='siti', name='Siti Contoh', role='chair', password='rahasia-sekali')"
)


def read(url):
    """The page at `url`, as soon as somebody serves it."""
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url) as response:
                return response.status, response.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_demo_fills_an_empty_database_only(db, monkeypatch):
    called = []
    monkeypatch.setattr(demo.signal, "signal", lambda *args: None)
    monkeypatch.setattr(demo, "call_command", lambda name, *args, **options: called.append(name))
    call_command("demo", stdout=StringIO())
    a_user(Role.CHAIR)
    call_command("demo", stdout=StringIO())
    assert called == ["migrate", "seed_demo", "runserver", "migrate", "runserver"]


def test_demo_serves_shows_the_logins_and_ends_cleanly(checkout, port):
    checkout.run("manage.py", "migrate", "--verbosity", "0")
    checkout.run("manage.py", "shell", "--command", SOMEBODY)
    for ending in (signal.SIGINT, signal.SIGTERM):
        process = checkout.start("manage.py", "demo", "--port", str(port))
        try:
            status, _ = read(f"http://127.0.0.1:{port}/login/")
            assert status == 200
            assert read(f"http://127.0.0.1:{port}/health/") == (200, "ok\n")
        finally:
            os.killpg(process.pid, ending)
            output, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert f"http://127.0.0.1:{port}/" in output
        assert "bendahara" in output
        assert "kokkmas-demo" in output
        assert "Traceback" not in output
