"""A session that asks the triggers to look away is refused like everybody else."""

import pgtrigger
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from core import audit, guards

pytestmark = pytest.mark.django_db

REWRITE = "UPDATE core_auditevent SET by = 'somebody else'"


def refused(*statements):
    with pytest.raises(DatabaseError, match=r"append-only|Cannot update"), transaction.atomic():
        run(*statements)


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def event(chair):
    return audit.record("user.password_changed", chair, by=chair)


def every_trigger():
    """The setting that names all triggers of the house, as a session would write it."""
    names = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())
    return f"SET LOCAL pgtrigger.ignore = '{{{names}}}'"


def test_the_setting_of_the_library_opens_no_guard(event):
    refused(every_trigger(), REWRITE)
    refused(every_trigger(), "TRUNCATE core_auditevent")
    event.refresh_from_db()
    assert event.by == "Chair"


def test_every_trigger_asks_the_sealed_function(event):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pronamespace::regnamespace::text, prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'"
        )
        assert cursor.fetchall() == [("public", "SELECT false")]


def test_a_trigger_installed_later_is_sealed_when_the_migration_is_through(event):
    pgtrigger.install("core.AuditEvent:append_only")
    with pytest.raises(DatabaseError, match="rows of core_auditevent are kept"), transaction.atomic():
        run(every_trigger(), REWRITE)  # past the library's own function, which is what the seal is for
    guards.seal(using="default")
    refused(every_trigger(), REWRITE)


def test_before_any_trigger_there_is_nothing_to_seal(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION public._pgtrigger_should_ignore(name)")
        guards.seal(using="default")
        cursor.execute("SELECT to_regprocedure('public._pgtrigger_should_ignore(name)')")
        assert cursor.fetchone() == (None,)
