"""manage.py monthly_report: the month as workbook and paper, as the treasurer takes them from the browser."""

import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import dates
from core.progress import watching
from reports import checks, queries
from reports.papers.month import paper
from reports.papers.workbook import workbook


def _month(text: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{text}-01")


class Command(BaseCommand):
    help = "Writes the monthly report as XLSX and PDF; exit status 1 where the books do not agree."

    def add_arguments(self, parser):
        parser.add_argument("month", type=_month, help="YYYY-MM")
        parser.add_argument("--out", type=Path, required=True, help="the folder to write into; made when missing")

    def handle(self, *, month: datetime.date, out: Path, **options):
        if month not in queries.months(as_of=dates.today()):
            raise CommandError(f"there are no books for {month:%Y-%m}")
        facts = queries.month(month)
        found = checks.run_all(as_of=facts.last, watch=watching("Checks"))
        failed = [check.name for check in found if not check.passed]
        signatories = queries.signatories(as_of=facts.last)
        out.mkdir(parents=True, exist_ok=True)
        files = {
            out / f"laporan-{month:%Y-%m}.xlsx": workbook(facts).getvalue(),
            out / f"laporan-{month:%Y-%m}.pdf": paper(facts, signatories=signatories, failed_checks=len(failed)),
        }
        for path, content in files.items():
            path.write_bytes(content)
            self.stdout.write(str(path))
        if failed:
            raise CommandError(f"the books do not agree: {', '.join(failed)}")
