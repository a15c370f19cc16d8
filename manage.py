#!/usr/bin/env python
"""Django's command line, which says in one line that settings or the database are missing."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kokkmas.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"kokkmas: {error}")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None):
            raise  # the database did answer: this is a bug, not an absence
        sys.exit(f"kokkmas: no database: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main()
