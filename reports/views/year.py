"""The year in the browser, as the annual meeting reads it, and its book."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import YearForm
from core.http import download, require
from core.permissions import Permission
from reports.papers import year as annual_book
from reports.queries import year as year_of


@require(Permission.ANNUAL_VIEW)
def annual(request):
    """The year as the annual meeting reads it; the whole book is the paper."""
    years, form = _asked(request)
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
    context["sees_months"] = request.user.can(Permission.REPORT_VIEW)
    return render(request, "reports/annual.html", context)


def _asked(request):
    """The years there are, and the form for one of them: the newest unless another is asked for."""
    years = year_of.years(as_of=today())
    return years, YearForm(request.GET if "year" in request.GET else {"year": years and years[0]}, years=years)


def _summed(label, rows):
    return label, rows, sum(row.now for row in rows), sum(row.before for row in rows)


@require(Permission.ANNUAL_VIEW)
def annual_paper(request):
    _years, form = _asked(request)
    if not form.is_valid():
        raise Http404
    year = year_of.Year(form.cleaned_data["year"])
    return download(annual_book.paper(year), f"laporan-tahunan-{year.year}.pdf", inline=True)
