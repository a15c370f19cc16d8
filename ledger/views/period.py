"""The months of the books in the browser."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import public, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from ledger import queries, services
from ledger.models import Unit


@require(Permission.LEDGER_VIEW)
def periods(request):
    return render(request, "ledger/periods.html", {"units": queries.months()})


@require(Permission.PERIOD_CLOSE)
def open_year(request, unit):
    if unit not in Unit.values:
        raise Http404
    year = queries.next_year(unit) or today().year
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.open_year,
        unit,
        year,
        by=request.user,
        done=_("The books of {year} are open.").format(year=year),
        page=FormPage(
            title=_("Open the books of {year}, {unit}").format(year=year, unit=Unit(unit).label),
            action=_("Open the year"),
            crumbs=crumbs((_("Months"), "ledger:periods")),
            consequences=[_("From January to December {year}, entries can be posted.").format(year=year)],
        ),
    )


@public
def seal(request, short):
    """For whoever holds a printed paper, without a login: are the books still the same? No figure is shown."""
    period = queries.sealed(short.replace("-", "").lower())
    fits = period is not None and queries.still_fits(period)
    return render(
        request, "ledger/seal.html", {"short": short, "period": period, "fits": fits}, status=200 if fits else 404
    )
