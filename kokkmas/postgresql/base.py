"""Django's PostgreSQL backend for the embedded server: the first connection starts it."""

from pathlib import Path

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper

from kokkmas.embedded import Server


class DatabaseWrapper(PostgreSQLWrapper):
    def get_new_connection(self, conn_params):
        Server(Path(self.settings_dict["EMBEDDED"]["root"]), fast=self.settings_dict["EMBEDDED"]["fast"]).ensure()
        return super().get_new_connection(conn_params)
