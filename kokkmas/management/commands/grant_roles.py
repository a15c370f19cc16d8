"""manage.py grant_roles: the rights of the runtime role, exactly as the tables are declared. `migrate` does it too."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from kokkmas.keeping import guards, roles
from kokkmas.keeping.owner import as_owner


class Command(BaseCommand):
    help = "Writes the guards of all tables anew and grants the runtime role what is left to it."
    requires_system_checks = []

    def handle(self, **options):
        try:
            with as_owner():
                guards.install(using=DEFAULT_DB_ALIAS)
                roles.grant(using=DEFAULT_DB_ALIAS)
            excess = roles.excess(using=DEFAULT_DB_ALIAS)
        except DatabaseError as error:
            raise CommandError(str(error)) from error
        for sentence in excess:
            self.stderr.write(f"the runtime role has too much: {sentence}")
        self.stdout.write("Guards are in place, rights are granted.")
