"""The declarations as triggers: they hold for whoever writes, and speak after those that explain themselves."""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models
from psycopg import sql

from kokkmas.keeping.kinds import Kept
from kokkmas.keeping.tables import TABLES

REFUSES = """
    CREATE OR REPLACE FUNCTION public.rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are kept: %', TG_TABLE_NAME, lower(TG_OP)
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'rows_are_kept';
    END
    $$
"""


def declared() -> list[tuple[type[models.Model], Kept]]:
    """Every table of the database with its declaration. Raises ImproperlyConfigured for a model that has none."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    if missing := [model._meta.label for model in models if model._meta.label not in TABLES]:
        raise ImproperlyConfigured(f"say in kokkmas/keeping/tables.py what may happen to the rows of {missing}")
    return [(model, TABLES[model._meta.label]) for model in models]


def install(*, using: str) -> None:
    """After every migration: the triggers of all tables, written anew. Their names sort behind those of the rooms,

    whose refusals say more.
    """
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        cursor.execute(REFUSES)
        for model, kept in declared():
            if model._meta.db_table in present:
                cursor.execute(
                    ";\n".join(statement.as_string(cursor.connection) for statement in _triggers(model, kept))
                )


def columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if not field.generated]


def _triggers(model, kept: Kept):
    table = sql.Identifier(model._meta.db_table)
    if kept.emptied:
        return
    yield from _trigger(table, "truncate", sql.SQL("BEFORE TRUNCATE ON {} FOR EACH STATEMENT").format(table))
    if kept.free:
        return
    yield from _trigger(table, "delete", sql.SQL("BEFORE DELETE ON {} FOR EACH ROW").format(table))
    if fixed := kept.fixed(columns(model)):
        old, new = (
            sql.SQL(", ").join(sql.SQL(f"{row}.{{}}").format(sql.Identifier(name)) for name in fixed)
            for row in ("OLD", "NEW")
        )
        differs = sql.SQL("(ROW({}) IS DISTINCT FROM ROW({}))").format(old, new)
        yield from _trigger(table, "update", sql.SQL("BEFORE UPDATE ON {} FOR EACH ROW WHEN {}").format(table, differs))
    if kept.once:
        filled = sql.SQL(" OR ").join(
            sql.SQL("(OLD.{0} IS NOT NULL AND OLD.{0}::text <> '' AND OLD.{0} IS DISTINCT FROM NEW.{0})").format(
                sql.Identifier(name)
            )
            for name in sorted(kept.once)
        )
        yield from _trigger(table, "once", sql.SQL("BEFORE UPDATE ON {} FOR EACH ROW WHEN ({})").format(table, filled))


def _trigger(table, suffix, when):
    name = sql.Identifier(f"rows_are_kept_{suffix}")
    yield sql.SQL("CREATE OR REPLACE TRIGGER {} {} EXECUTE FUNCTION public.rows_are_kept()").format(name, when)
