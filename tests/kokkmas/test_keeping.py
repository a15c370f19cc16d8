"""Every table is declared, guarded as declared whoever writes, and granted to the application no further."""

import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction

from kokkmas.keeping import checks, guards, roles
from kokkmas.keeping.tables import TABLES
from tests.database import begins_with
from tests.roles import application as role_of_the_application

NAMES = sorted(TABLES)
EMPTIED = ["governance.BallotBox"]


def table(label):
    return apps.get_model(label)._meta.db_table


def refuses(statement, error=DatabaseError):
    """Whether the database says no, in a savepoint of its own."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except error:
        return True
    return False


def a_small_cooperative():
    call_command("seed_demo", until=datetime.date(2026, 11, 24), verbosity=0, months=3, members=8)


@pytest.fixture
@begins_with(a_small_cooperative)
def cooperative(db):
    """Three months of the demo cooperative."""


@pytest.fixture
def application(db):
    """In the role of the application."""
    with role_of_the_application():
        yield


def test_every_table_is_declared_and_no_declaration_is_left_over():
    assert {model._meta.label for model, _kept in guards.declared()} == set(TABLES)


@pytest.mark.parametrize("label", NAMES)
def test_declaration_names_columns_of_its_table(label):
    kept = TABLES[label]
    assert (kept.changes | kept.once) - set(guards.columns(apps.get_model(label))) == set()
    assert not kept.changes & kept.once


@pytest.mark.django_db
def test_truncate_is_refused_everywhere():
    assert [label for label in NAMES if not refuses(f'TRUNCATE "{table(label)}" CASCADE')] == EMPTIED


@pytest.mark.slow
def test_what_is_declared_fixed_cannot_be_changed_or_deleted_even_by_the_owner(cooperative):
    """Written around the services, on every column of every table that has a row to try it on."""
    changed, tried = [], set()
    for label in NAMES:
        kept, name = TABLES[label], table(label)
        if kept.free:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}")')
            if not cursor.fetchone()[0]:
                continue
        tried.add(label)
        if not refuses(f'DELETE FROM "{name}" WHERE ctid = (SELECT min(ctid) FROM "{name}")'):
            changed.append(f"{label} lost a row")
        for column in kept.fixed(guards.columns(apps.get_model(label))):
            one = f'(SELECT min(ctid) FROM "{name}" WHERE "{column}" IS NOT NULL)'
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT {one} IS NULL")
                [nothing] = cursor.fetchone()
            if not nothing and not refuses(f'UPDATE "{name}" SET "{column}" = NULL WHERE ctid = {one}'):
                changed.append(f"{label}.{column} changed")
    assert changed == []
    assert len(tried) > 80, "the small cooperative has fewer tables with rows than it had"


@pytest.mark.slow
def test_what_may_be_filled_in_once_stays(cooperative):
    changed = []
    for label in NAMES:
        for column in sorted(TABLES[label].once):
            name = table(label)
            filled = f'"{column}" IS NOT NULL AND "{column}"::text <> \'\''
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}" WHERE {filled})')
                [there] = cursor.fetchone()
            if there and not refuses(f'UPDATE "{name}" SET "{column}" = NULL WHERE {filled}'):
                changed.append(f"{label}.{column}")
    assert changed == []


@pytest.mark.django_db
def test_guard_is_in_place_on_every_table():
    """For tables without a row in the demo, too: each fixed column stands in the condition of its trigger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, string_agg(pg_get_triggerdef(oid), ' ') FROM pg_trigger "
            "WHERE tgname LIKE 'rows_are_kept%' AND tgenabled = 'O' GROUP BY tgrelid"
        )
        found = dict(cursor.fetchall())
    missing = []
    for label in NAMES:
        kept, words = TABLES[label], found.get(table(label), "").replace('"', "")
        if kept.emptied:
            continue
        if "BEFORE TRUNCATE" not in words or not (kept.free or "BEFORE DELETE" in words):
            missing.append(label)
        missing += [
            f"{label}.{column}"
            for column in kept.fixed(guards.columns(apps.get_model(label)))
            if f"old.{column}" not in words
        ]
    assert missing == []


@pytest.mark.django_db
def test_runtime_role_has_nothing_it_does_not_need(application):
    assert roles.excess(using="default") == []
    assert checks.runtime_role_is_small(None, databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_line DISABLE TRIGGER ALL",
        "DROP TRIGGER rows_are_kept_update ON ledger_line",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION rows_are_kept() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "CREATE OR REPLACE FUNCTION ledger_seal(bigint) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
        "CREATE TABLE beside (one int)",
        "TRUNCATE django_session",
        "DELETE FROM ledger_line",
        "UPDATE ledger_line SET debit = 0",
        "DELETE FROM core_auditevent",
        "UPDATE ledger_period SET month = '2040-01-01'",
    ],
)
def test_runtime_role_cannot_bend_the_books(statement, application):
    assert refuses(statement, error=ProgrammingError)


@pytest.mark.django_db
def test_runtime_role_stays_itself():
    """A login of its own, as in production: what this role may become is nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = %s",
            [settings.RUNTIME_ROLE],
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [settings.RUNTIME_ROLE])
        assert cursor.fetchone() == (0,)


def test_deployment_is_refused_where_the_application_owns_its_tables(settings):
    settings.OWNER = {"USER": settings.RUNTIME_ROLE}
    assert [error.id for error in checks.owner_is_somebody_else(None)] == ["kokkmas.E001"]
    settings.OWNER = {"USER": "kokkmas_owner"}
    assert checks.owner_is_somebody_else(None) == []


@pytest.mark.django_db
def test_deployment_is_refused_where_the_role_may_do_more():
    errors = checks.runtime_role_is_small(None, databases=["default"])
    assert {error.id for error in errors} == {"kokkmas.E002"}
    assert any("superuser" in error.msg for error in errors)
