"""manage.py restore_drill: does the newest backup bring the house back? Run it every month; the supervisor is told."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from core.models import User
from core.notices import tell_all
from core.permissions import Role
from kokkmas import backup
from kokkmas.keeping.owner import as_owner


class Command(BaseCommand):
    help = "Restores the newest backup into a database of its own, proves it, removes it, and tells the supervisors."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.BACKUP_FOLDER)
        parser.add_argument("--key", type=Path, default=settings.BACKUP_FOLDER / "key.txt", help="the private key")

    def handle(self, *, folder: Path, key: Path, **options):
        with as_owner():  # who alone makes tables
            connection.ensure_connection()
            here = backup.place(connection)
        try:
            file = backup.newest(folder)
            with backup.new_database(f"kokkmas_drill_{os.getpid()}", place=here, keep=False) as place:
                saved = backup.restore(file, key=key, place=place)
                wrong = backup.proven(saved, place=place)
        except backup.BackupError as error:
            wrong = [str(error)]
        with translation.override(settings.LANGUAGE_CODE):
            if wrong:
                self.tell(_("The restore drill failed: {reason}").format(reason=wrong[0]))
                raise CommandError("\n".join(wrong))
            rows = sum(saved.rows.values())
            text = _("The restore drill succeeded: backup {name} brings back {rows} rows and {seals} sealed months.")
            self.tell(text.format(name=file.name, rows=rows, seals=len(saved.seals)))
        self.stdout.write(f"{file.name} restores: {rows:,} rows, {len(saved.seals)} seals")

    def tell(self, text: str) -> None:
        supervisors = User.objects.filter(role=Role.SUPERVISOR, is_active=True)
        tell_all([(supervisor, text, "") for supervisor in supervisors])
