#!/usr/bin/env python
"""Django's command line, which says a missing database in one line."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from kokkmas.embedded import EmbeddedError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kokkmas.settings")
    try:
        execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(f"kokkmas: {error}")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) is not None:
            raise  # the database answered: this is a bug, not an absence
        sys.exit(f"kokkmas: the database cannot be reached: {str(error).splitlines()[0]}")
