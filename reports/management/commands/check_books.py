"""manage.py check_books: does every promise of the books hold?"""

import datetime
import json
import sys

from django.core.management.base import BaseCommand

from core import dates
from core.progress import watching
from reports import checks


class Command(BaseCommand):
    help = "Runs every check of the books; exit status 1 and the rows where one fails."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=datetime.date.fromisoformat, help="last day looked at (YYYY-MM-DD)")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, as_of: datetime.date | None, format: str, **options):  # the option's own name
        as_of = as_of or dates.today()
        found = checks.run_all(as_of=as_of, watch=watching("Checks", silent=format == "json"))
        write = self.write_json if format == "json" else self.write_table
        write(found, as_of)
        if not all(check.passed for check in found):
            sys.exit(1)

    def write_table(self, found, as_of):
        for check in found:
            self.stdout.write(f"{'ok  ' if check.passed else 'FAIL'}  {check.name}: {check.promise}")
            for row in check.rows:
                self.stdout.write("      " + "  ".join(f"{name}={value}" for name, value in row._asdict().items()))
        failed = sum(not check.passed for check in found)
        self.stdout.write(f"{len(found)} checks as at {as_of}, {failed} failed")

    def write_json(self, found, as_of):
        answer = {
            "as_of": as_of,
            "passed": all(check.passed for check in found),
            "checks": [
                {
                    "name": check.name,
                    "promise": check.promise,
                    "passed": check.passed,
                    "rows": [row._asdict() for row in check.rows],
                }
                for check in found
            ],
        }
        self.stdout.write(json.dumps(answer, default=str, ensure_ascii=False, indent=2))
