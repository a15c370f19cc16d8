"""The development server, which does not start without a database."""

from django.contrib.staticfiles.management.commands import runserver
from django.db import connection


class Command(runserver.Command):
    def handle(self, *args, **options):
        # Asked here, in the main thread: the autoreloader would print a traceback and wait for an edit.
        connection.ensure_connection()
        connection.close()
        super().handle(*args, **options)
