"""`manage.py demo`: the demo cooperative in a browser, from nothing."""

import contextlib
import os
import signal

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.models import User
from core.permissions import Role
from kokkmas import embedded

LOGINS = [
    (Role.CHAIR, "ketua"),
    (Role.SECRETARY, "sekretaris"),
    (Role.TREASURER, "bendahara"),
    (Role.SUPERVISOR, "pengawas"),
    (Role.MEMBER, "anggota01 ... anggota33"),
    (Role.MAINTAINER, "pemelihara"),
]


class Command(BaseCommand):
    help = "Migrates, fills an empty database with the demo cooperative, prints the logins and serves."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        for ending in (signal.SIGINT, signal.SIGTERM):  # a polite kill, or one from a script, ends it as Ctrl-C does
            signal.signal(ending, signal.default_int_handler)
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
        with self.database_of_our_own():
            call_command("migrate", verbosity=0)
            if not User.objects.exists():
                self.stdout.write("Making the demo cooperative; this happens once ...")
                call_command("seed_demo")
            self.stdout.write(f"\nKOKKMAS is at http://127.0.0.1:{port}/ (Ctrl-C ends it). Password: kokkmas-demo\n")
            for role, username in LOGINS:
                self.stdout.write(f"  {role.value:<12}{username}")
            self.stdout.write("")
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    @contextlib.contextmanager
    def database_of_our_own(self):
        """The embedded PostgreSQL ends with the demo if it began with it; a server of DATABASE_URL is left alone."""
        server = embedded.server()
        ours = not settings.DATABASE_URL and server.postmaster() is None
        try:
            yield
        except KeyboardInterrupt:
            self.stdout.write("\nInterrupted: the demo cooperative is made whole or not at all.")
        finally:
            if ours and server.postmaster() is not None:
                server.stop()
                self.stdout.write("The database is stopped too; its data stay in .data/pg.")
