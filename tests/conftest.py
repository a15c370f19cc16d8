"""Fixtures every test may ask for."""

import contextlib
import fcntl

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from core.permissions import Role
from kokkmas import embedded
from kokkmas.settings import DATABASE_URL
from tests import builders, database, roles

# How fast examples are made is a matter of the machine, and no test here is one of time.
settings.register_profile("kokkmas", settings.default, suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("kokkmas")


IN_USE = pytest.StashKey()
SLOW_FIXTURES = {"checkout", "server", "live_server"}


def pytest_sessionstart(session):
    """Runs that go on at once in a checkout share the server; workers of xdist leave that to their controller."""
    if not (DATABASE_URL or hasattr(session.config, "workerinput")):
        root = embedded.server(testing=True).root
        root.mkdir(parents=True, exist_ok=True)
        session.stash[IN_USE] = (root / "in-use").open("w")
        fcntl.flock(session.stash[IN_USE], fcntl.LOCK_SH)


def pytest_sessionfinish(session):
    """The tests' own server does not outlive them: the last run that needs it stops it."""
    if hasattr(session.config, "workerinput"):
        return
    if DATABASE_URL:
        with session.config.stash[blocking_manager_key].unblock():
            database.forget()
        return
    with session.stash[IN_USE] as in_use, contextlib.suppress(BlockingIOError):
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        embedded.server(testing=True).stop()


def pytest_collection_modifyitems(items):
    """Slow is what commits for real (races, kills, pages in a browser) or starts servers and commands of its own.

    Where a test is slow by what it tells (a seed, a tour of all pages), `pytest.mark.slow` stands at the test.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or "db" in item.fixturenames or "transactional_db" in item.fixturenames:
            item.add_marker(pytest.mark.database)
        if (marker and marker.kwargs.get("transaction")) or SLOW_FIXTURES.intersection(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """A clone of the template (see tests/database.py), and another one after a test that has committed for real.

    `--create-db` makes the template anew.
    """
    with django_db_blocker.unblock():
        database.prepare(anew=request.config.getvalue("create_db"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: database.spoil())
        yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture
def stage(request, django_db_setup, django_db_blocker):
    """The test stands in the clone that its fixtures begin with (`tests.database.begins_with`)."""
    found = request.node._fixtureinfo.name2fixturedefs.values()
    builds = {getattr(definitions[-1].func, "begins_with", None) for definitions in found} - {None}
    assert len(builds) <= 1, f"fixtures begin with different databases: {builds}"
    with django_db_blocker.unblock():
        roles.take(str(request.path))
        database.enter(next(iter(builds), None))


@pytest.fixture
def _django_db_helper(stage, _django_db_helper):
    """Whatever asks pytest-django for the database is in its clone before the transaction of the test begins."""


@pytest.fixture
def chair(db):
    return builders.the_user(Role.CHAIR)


@pytest.fixture
def secretary(db):
    return builders.the_user(Role.SECRETARY)


@pytest.fixture
def treasurer(db):
    return builders.the_user(Role.TREASURER)


@pytest.fixture
def supervisor(db):
    return builders.the_user(Role.SUPERVISOR)


@pytest.fixture
def maintainer(db):
    return builders.the_user(Role.MAINTAINER)


@pytest.fixture
def books(treasurer):
    """Both units' books, open from 2024 to 2027, and to next year whenever these tests are run."""
    builders.open_books()


@pytest.fixture
def capital(books):
    """A billion rupiah in each unit's cash box, for tests that pay out."""
    builders.capital()
