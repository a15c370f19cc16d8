"""What the funds hold and what became of them: every member reads it, and nobody's name stands there."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import pgettext_lazy

from activities import queries
from activities.models import Source
from core.dates import today
from core.http import page_of, require
from core.permissions import Permission

KINDS = {
    "dues": pgettext_lazy("fund", "share of the dues"),
    "shu": pgettext_lazy("fund", "share of the SHU"),
    "visit": pgettext_lazy("fund", "visits and help in need"),
    "programme_expense": pgettext_lazy("fund", "training and exhibitions"),
    "voucher": pgettext_lazy("fund", "gifts and other vouchers"),
}
OTHER = pgettext_lazy("fund", "other entries")


@require(Permission.FUND_VIEW)
def funds(request):
    year = today().year
    rows = []
    for source in queries.FUNDS:
        came, went = queries.fund_year(source.fund, year=year)
        holds = queries.fund_balance(source.fund, as_of=today())
        rows.append({"source": source, "holds": holds, "came": came, "went": went})
    context = {"funds": rows, "year": year, "visits": queries.visits_of_year(year)}
    return render(request, "activities/funds.html", context)


@require(Permission.FUND_VIEW)
def fund(request, source):
    if source not in {each.value for each in queries.FUNDS}:
        raise Http404
    code = Source(source).fund
    page = page_of(request, queries.fund_movements(code, as_of=today()))
    page.object_list = [(row, KINDS.get(row.kind, OTHER)) for row in page.object_list]
    context = {"source": Source(source), "holds": queries.fund_balance(code, as_of=today()), "page": page}
    return render(request, "activities/fund.html", context)
