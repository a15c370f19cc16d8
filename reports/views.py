"""Pages that read all books: the month for the treasurer, and whether the books agree with one another."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import YearForm
from core.http import download, require
from core.permissions import Permission
from ledger.chart import EXPENSE, INCOME
from reports import annual as year_of
from reports import annual_paper as annual_book
from reports import checks, queries
from reports.forms import MonthForm
from reports.links import link
from reports.monthly_paper import paper
from reports.monthly_workbook import workbook
from reports.summary import figures, summary


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


@require(Permission.REPORT_VIEW)
def annual(request):
    """The year as the annual meeting reads it; the whole book is the paper."""
    years = year_of.years(as_of=today())
    form = YearForm(request.GET if "year" in request.GET else {"year": years and years[0]}, years=years)
    if not years:
        return render(request, "reports/annual.html", {"year": None})
    year = year_of.Year(form.cleaned_data["year"] if form.is_valid() else years[0])
    income, expenses = year.income("income"), year.income("expenses")
    own = year.position("equity") + year.results
    tables = [
        (_("Income statement (PHU)"), [_summed(_("Total income"), income), _summed(_("Total expenses"), expenses)]),
        (
            _("Financial position"),
            [
                _summed(_("Total assets"), year.position("assets")),
                _summed(_("Total liabilities"), year.position("liabilities")),
                _summed(_("Total own capital"), own),
            ],
        ),
    ]
    surplus = sum(row.now for row in income) - sum(row.now for row in expenses)
    context = {"form": form, "year": year, "year_before": year.year - 1, "tables": tables, "surplus": surplus}
    return render(request, "reports/annual.html", context)


def _summed(label, rows):
    return label, rows, sum(row.now for row in rows), sum(row.before for row in rows)


@require(Permission.REPORT_VIEW)
def annual_paper(request):
    form = YearForm(request.GET, years=year_of.years(as_of=today()))
    if not form.is_valid():
        raise Http404
    year = year_of.Year(form.cleaned_data["year"])
    return download(annual_book.paper(year), f"laporan-tahunan-{year.year}.pdf", inline=True)


@require(Permission.REPORT_VIEW)
def books(request):
    on = today()
    found = [(check, check.said, [row._asdict() for row in check.rows[:50]]) for check in checks.run_all(as_of=on)]
    failed = sum(not check.passed for check, *_rest in found)
    return render(request, "reports/books.html", {"checks": found, "failed": failed, "on": on})


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
