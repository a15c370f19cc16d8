"""The surplus of a year, as the rules in force would divide it. Nothing here is booked."""

from django.shortcuts import render

from core.dates import today
from core.http import page_of, require
from core.permissions import Permission
from shu import queries
from shu.forms import YearForm


@require(Permission.REPORT_VIEW)
def preview(request):
    on = today()
    years = queries.years(as_of=on) or [on.year]
    form = YearForm(request.GET if "year" in request.GET else {"year": years[0]}, years=years)
    year = form.cleaned_data["year"] if form.is_valid() else years[0]
    found = queries.preview(year, as_of=on)
    context = {"form": form, "year": year, "preview": found, "page": page_of(request, found.rows)}
    return render(request, "shu/preview.html", context)
