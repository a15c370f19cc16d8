"""Two roles: the owner makes the tables, the runtime role works in them and cannot change what guards them."""

from django.conf import settings
from django.db import connections
from psycopg import sql

from kokkmas.keeping.guards import columns, declared
from kokkmas.keeping.kinds import Kind


def grant(*, using: str) -> None:
    """After every migration, where the runtime role exists: exactly the rights that the declarations leave it."""
    role = settings.RUNTIME_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return
        present = set(connections[using].introspection.table_names(cursor))
        statements = [
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ]
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        for model, kept in declared():
            if model._meta.db_table not in present:
                continue
            rights = [sql.SQL("INSERT")]
            if kept.free:
                rights += [sql.SQL("UPDATE"), sql.SQL("DELETE"), *([sql.SQL("TRUNCATE")] if kept.emptied else [])]
            elif kept.kind is Kind.RECORD and kept.changes:  # kept up to date as a whole; the trigger knows the columns
                rights.append(sql.SQL("UPDATE"))
            else:  # the key too: PostgreSQL lets only who may change some column lock a row, and no key changes
                changing = [
                    name for name in columns(model) if name in kept.changes | kept.once | {model._meta.pk.column}
                ]
                names = sql.SQL(", ").join(map(sql.Identifier, changing))
                rights.append(sql.SQL("UPDATE ({})").format(names))
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(
                    sql.SQL(", ").join(rights), sql.Identifier(model._meta.db_table), sql.Identifier(role)
                )
            )


def excess(*, using: str) -> list[str]:
    """What the role of this connection may do that a runtime role must not, a sentence each."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT 'it is a superuser' FROM pg_roles WHERE rolname = current_user AND rolsuper
            UNION ALL
            SELECT 'it may create roles' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
            UNION ALL
            SELECT 'it owns ' || relname FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relowner = current_user::regrole
            UNION ALL
            SELECT 'it may truncate ' || relname FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relowner <> current_user::regrole
                AND has_table_privilege(oid, 'TRUNCATE') AND relname <> ALL (%s)
            UNION ALL
            SELECT 'it may create tables' WHERE has_schema_privilege('public', 'CREATE')
            ORDER BY 1
            """,
            [[model._meta.db_table for model, kept in declared() if kept.emptied]],
        )
        return [sentence for (sentence,) in cursor.fetchall()]
