"""The month in the browser, for the treasurer: figures, workbook and paper."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format

from core.dates import today
from core.http import download, require
from core.permissions import Permission
from ledger.chart import EXPENSE, INCOME
from reports import checks, queries
from reports.forms.month import MonthForm
from reports.papers.month import paper
from reports.papers.workbook import workbook
from reports.summary import figures, summary
from reports.views.links import link


@require(Permission.REPORT_VIEW)
def monthly(request):
    form, first = _asked(request)
    if first is None:
        return render(request, "reports/none.html")
    month, course = queries.month(first), queries.course(first)
    context = {
        "form": form,
        "month": month,
        "groups": _with_links(month),
        "figures": figures(month, course),
        "cash_course": _course(course, "cash"),
        "savings_course": _course(course, "savings"),
        "income": _moved(month, INCOME),
        "expenses": _moved(month, EXPENSE),
        "closed": len(queries.closed_units(first)) == len(month.units),
    }
    return render(request, "reports/monthly.html", context)


@require(Permission.REPORT_VIEW)
def monthly_workbook(request):
    first = _wanted(request)
    return download(workbook(queries.month(first)), f"laporan-{first:%Y-%m}.xlsx")


@require(Permission.REPORT_VIEW)
def monthly_paper(request):
    first = _wanted(request)
    month = queries.month(first)
    failed = sum(not check.passed for check in checks.run_all(as_of=month.last))
    signatories = queries.signatories(as_of=month.last)
    content = paper(month, signatories=signatories, failed_checks=failed)
    return download(content, f"laporan-{first:%Y-%m}.pdf", inline=True)


def _with_links(month):
    """The groups of the summary, each figure with the page that shows what it sums."""
    return [
        (group, [(line, link(line.key, "usp", month), link(line.key, "umum", month)) for line in group.lines])
        for group in summary(month)
    ]


def _course(course, name):
    return [(date_format(row.month, "M y"), getattr(row, name)) for row in course]


def _moved(month, kind):
    """What each account of a kind moved in the month, both units together, largest first."""
    sums = [(name, sum(account.in_month for account in units.values())) for _code, name, units in month.rows(kind)]
    return sorted((row for row in sums if row[1]), key=lambda row: -row[1])


def _asked(request):
    """The form and the month it asks for; the newest where nothing or nonsense is asked, None where no books are."""
    months = queries.months(as_of=today())
    form = MonthForm(request.GET if "month" in request.GET else None, months=months)
    if form.is_valid():
        return form, form.cleaned_data["month"]
    return form, months[0] if months else None


def _wanted(request):
    form, first = _asked(request)
    if first is None or not form.is_valid():
        raise Http404
    return first
