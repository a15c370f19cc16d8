"""manage.py backup_key: a pair of keys for backups. The private one is kept away from the machine that is saved."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kokkmas import backup


class Command(BaseCommand):
    help = "Makes a key for backups: the private one into FILE, the public one (for BACKUP_KEEPERS) on the screen."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            self.stdout.write(backup.new_key(file))
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
