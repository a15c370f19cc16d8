"""manage.py close_month: check the books as at the month's end and close them in both units."""

import datetime
import json
import sys

from django.core.management.base import BaseCommand, CommandError

from core import dates
from core.errors import Refused
from core.models import User
from core.permissions import Permission, Role
from core.progress import watching
from kokkmas.month_end import closing
from ledger.models import Period


def month(text: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{text}-01")


def person(username: str | None) -> User:
    """Who closes: the one named, else the only treasurer there is."""
    found = User.objects.filter(is_active=True)
    found = found.filter(username=username) if username else found.filter(role=Role.TREASURER)
    if len(found) != 1:
        raise CommandError(f"nobody is called {username}" if username else "say --by: there is not one treasurer only")
    if not found[0].can(Permission.PERIOD_CLOSE):
        raise CommandError(f"{username} may not close a month")
    return found[0]


class Command(BaseCommand):
    help = "Checks the books as at the end of the month and closes it; exit status 1 and the rows where one fails."

    def add_arguments(self, parser):
        parser.add_argument("month", type=month, help="YYYY-MM")
        parser.add_argument("--by", metavar="USERNAME", help="who closes (the treasurer)")
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="day of closing, YYYY-MM-DD (today)")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, month, by, on, format, **options):  # the option's own name
        if not Period.objects.filter(month=month).exists():
            raise CommandError(f"there are no books for {month:%Y-%m}")
        failed = []
        to_close = closing.open_units(month)
        if to_close:
            try:
                watch = watching("Checks", silent=format == "json")
                closing.close(to_close, on=on or dates.today(), by=person(by), watch=watch)
            except closing.BooksDisagree as refusal:
                failed = refusal.failed
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        units = Period.objects.filter(month=month).select_related("closed_by").order_by("unit")
        just_now = set() if failed else {period.unit for period in to_close}
        write = self.write_json if format == "json" else self.write_table
        write(month, units, just_now, failed)
        if failed:
            sys.exit(1)

    def write_table(self, month, units, just_now, failed):
        for check in failed:
            self.stdout.write(f"FAIL  {check.name}: {check.promise}")
            for row in check.rows:
                self.stdout.write("      " + "  ".join(f"{name}={value}" for name, value in row._asdict().items()))
        if failed:
            self.stdout.write(f"{month:%Y-%m} stays open: {len(failed)} checks failed")
            return
        for period in units:
            word = "closed" if period.unit in just_now else "closed already"
            day, seal = period.closed_on, period.seal
            self.stdout.write(
                f"{month:%Y-%m}  {period.unit:<5} {word} on {day} by {period.closed_by.username}, seal {seal}"
            )

    def write_json(self, month, units, just_now, failed):
        answer = {
            "month": f"{month:%Y-%m}",
            "passed": not failed,
            "units": [
                {
                    "unit": period.unit,
                    "closed": period.is_closed,
                    "just_now": period.unit in just_now,
                    "closed_on": period.closed_on,
                    "closed_by": period.closed_by and period.closed_by.username,
                    "seal": period.seal,
                }
                for period in units
            ],
            "failed": [
                {"name": check.name, "promise": check.promise, "rows": [row._asdict() for row in check.rows]}
                for check in failed
            ],
        }
        self.stdout.write(json.dumps(answer, default=str, ensure_ascii=False, indent=2))
