"""Fixtures every test may ask for."""

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings

from core.dates import today
from core.permissions import Role
from kokkmas import embedded
from ledger.models import Unit
from ledger.services import open_year
from tests import builders

# How fast examples are made is a matter of the machine, and no test here is one of time.
settings.register_profile("kokkmas", settings.default, suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("kokkmas")


def pytest_sessionfinish(session):
    """The tests' own server does not outlive them; workers of xdist leave that to their controller."""
    if not hasattr(session.config, "workerinput"):
        embedded.server(testing=True).stop()


@pytest.fixture(scope="session", autouse=True)
def truncate_past_the_guards():
    """Tests with real commits are cleaned up by TRUNCATE, which append-only tables refuse: the guards stand down."""
    flush = DatabaseOperations.execute_sql_flush

    def unguarded_flush(self, statements):
        flush(self, ["SET LOCAL session_replication_role = replica", *statements])

    DatabaseOperations.execute_sql_flush = unguarded_flush
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def chair(db):
    return builders.a_user(Role.CHAIR)


@pytest.fixture
def secretary(db):
    return builders.a_user(Role.SECRETARY)


@pytest.fixture
def treasurer(db):
    return builders.a_user(Role.TREASURER)


@pytest.fixture
def supervisor(db):
    return builders.a_user(Role.SUPERVISOR)


@pytest.fixture
def maintainer(db):
    return builders.a_user(Role.MAINTAINER)


@pytest.fixture
def books(treasurer):
    """Both units' books, open from 2024 to 2027, and to next year whenever these tests are run."""
    for unit in Unit:
        for year in range(2024, max(2027, today().year + 1) + 1):
            open_year(unit, year, by=treasurer)
