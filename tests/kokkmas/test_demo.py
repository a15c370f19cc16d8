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
    for ending, ran_before in ((signal.SIGINT, True), (signal.SIGTERM, False)):
        if not ran_before:
            checkout.server.stop()
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
        assert (checkout.server.postmaster() is not None) == ran_before
        assert ("The database is stopped too" in output) != ran_before


def test_an_interrupted_seed_keeps_nothing_and_stops_the_database(checkout, port):
    process = checkout.start("manage.py", "demo", "--port", str(port))
    try:
        assert "this happens once" in process.stdout.readline()
    finally:
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=180)
    assert "made whole or not at all" in output
    assert "Traceback" not in output
    assert checkout.server.postmaster() is None
