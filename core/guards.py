"""The triggers of the database stand down for nobody who merely asks."""

from django.db import connections

SEAL = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""


def seal(*, using, **_signal) -> None:
    """After every migration: nothing a session sets lets it past a trigger.

    Each trigger that django-pgtrigger installs asks this function first, which reads `pgtrigger.ignore`: a setting that
    any session may set, whatever its role. The library has it for its own `pgtrigger.ignore()`, which nothing here
    uses. Installing a trigger writes the library's function anew, so this runs when a migration is through.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('public._pgtrigger_should_ignore(name)') IS NOT NULL")
        [installed] = cursor.fetchone()
        if installed:
            cursor.execute(SEAL)
