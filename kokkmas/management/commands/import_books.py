"""manage.py import_books: the members, savings, loans, prices and balances of the old books, all or nothing."""

import datetime
import json
import sys

from django.core.management.base import BaseCommand, CommandError

from core.models import User
from core.permissions import Role
from core.progress import bar
from kokkmas.importing import workbook
from kokkmas.importing.books import Officers, carry_over


class Command(BaseCommand):
    help = (
        "Carries the old books over from a workbook into empty ones, all or nothing; exit status 1 and a line for "
        "every row that was refused. Officers, rules and kinds of loan are set up before."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--template", action="store_true", help="write an empty workbook to FILE.xlsx and stop")
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="last day of the old books, YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, file, template, on, dry_run, format, **options):
        if template:
            workbook.template(file)
            return self.stdout.write(f"Empty workbook: {file}")
        if on is None:
            raise CommandError("say --on: the last day of the old books")
        officers = Officers(*(self.officer(role) for role in (Role.TREASURER, Role.CHAIR, Role.SECRETARY)))
        try:
            rows = bar(list(workbook.rows(file)), "Rows", silent=format == "json")
            outcome = carry_over(rows, on=on, officers=officers, dry_run=dry_run)
        except workbook.CellError as error:
            raise CommandError(str(error)) from error
        if format == "json":
            facts = {"rows": outcome.counts, "refused": outcome.refused, "kept": not (dry_run or outcome.refused)}
            self.stdout.write(json.dumps(facts, indent=2, ensure_ascii=False))
        else:
            self.write_table(outcome, dry_run)
        if outcome.refused:
            sys.exit(1)

    def write_table(self, outcome, dry_run):
        for sheet in workbook.SHEETS:
            self.stdout.write(f"{outcome.counts[sheet]:>6}  {sheet}")
        for sentence in outcome.refused:
            self.stdout.write(sentence)
        if outcome.refused:
            self.stdout.write("Nothing was kept. Mend the workbook and run it again.")
        elif dry_run:
            self.stdout.write("Nothing was kept: it was a trial. Every row would be carried over.")

    def officer(self, role: Role) -> User:
        found = User.objects.filter(role=role, is_active=True)
        if len(found) != 1:
            raise CommandError(f"there must be exactly one {role.value} with a login; create_user makes one")
        return found[0]
