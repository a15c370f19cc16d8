"""Django's PostgreSQL backend for the embedded server: a connection that fails starts or heals it and tries again."""

from pathlib import Path

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from kokkmas.embedded import EmbeddedError, Server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            self._ensure_server()
            return super().get_new_connection(conn_params)

    def _ensure_server(self):
        embedded = self.settings_dict["EMBEDDED"]
        try:
            Server(Path(embedded["root"]), fast=embedded["fast"]).ensure()
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
