"""manage.py restore FILE: a backup into an empty database, and the proof that it is the same."""

import contextlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kokkmas import backup
from kokkmas.keeping.owner import as_owner


class Command(BaseCommand):
    help = "Restores a backup into an empty database; exit status 1 where rows, seals, balances or the books differ."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, default=settings.BACKUP_FOLDER / "key.txt", help="the private key")
        parser.add_argument("--database", default="", help="a new database of this name, instead of the configured one")

    def handle(self, *, file: Path, key: Path, database: str, **options):
        with as_owner():  # who alone makes tables
            connection.ensure_connection()
            here = backup.place(connection)
        target = backup.new_database(database, place=here, keep=True) if database else contextlib.nullcontext(here)
        try:
            with target as place:
                saved = backup.restore(file, key=key, place=place)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file.name} is in the database {place['dbname']}; checking it ...")
        if wrong := backup.proven(saved, place=place):
            raise CommandError("This is not what was saved:\n" + "\n".join(wrong))
        self.stdout.write(
            f"The same {sum(saved.rows.values()):,} rows, {len(saved.seals)} seals and {len(saved.balances)} balances "
            f"as at {saved.made_at}; every check of the books passes."
        )
