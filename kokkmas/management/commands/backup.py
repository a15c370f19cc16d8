"""manage.py backup: everything into one encrypted file. Run it from cron every night."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kokkmas import backup


class Command(BaseCommand):
    help = "Saves the database with its photos and papers as one file that only who has a private key can open."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.BACKUP_FOLDER, help="the folder (BACKUP_FOLDER)")
        parser.add_argument("--keep", type=int, default=30, help="newest files to keep, besides one a month (30)")

    def handle(self, *, to: Path, keep: int, **options):
        if keep < 1:
            raise CommandError("Keep at least one backup.")
        connection.ensure_connection()  # starts the embedded server where that is the database
        try:
            keepers = settings.BACKUP_KEEPERS or [self.own_key(to)]
            path, manifest = backup.make(to, place=backup.place(connection), keepers=keepers)
            gone = backup.prune(to, keep=keep)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{path}: {path.stat().st_size:,} bytes, {sum(manifest.rows.values()):,} rows in {len(manifest.rows)} "
            f"tables, {len(manifest.seals)} closed months, {len(gone)} old backups deleted"
        )

    def own_key(self, folder: Path) -> str:
        """For a try on one's own machine: a key beside the backups, which protects nothing there."""
        if settings.PRODUCTION:
            raise CommandError("Set BACKUP_KEEPERS to the public keys of two officers (manage.py backup_key).")
        key = folder / "key.txt"
        if not key.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            backup.new_key(key)
            self.stdout.write(f"BACKUP_KEEPERS is not set: a key for trying was made, {key}")
        return key.read_text().splitlines()[0].removeprefix("# public key: ")
