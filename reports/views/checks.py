"""The checks of the books in the browser."""

from django.shortcuts import render

from core.dates import today
from core.http import require
from core.permissions import Permission
from reports import checks


@require(Permission.REPORT_VIEW)
def books(request):
    on = today()
    found = [(check, check.said, [row._asdict() for row in check.rows[:50]]) for check in checks.run_all(as_of=on)]
    failed = sum(not check.passed for check, *_rest in found)
    return render(request, "reports/books.html", {"checks": found, "failed": failed, "on": on})
