"""The treasurer's two pages at the end of a month: the work that is posted, and the close."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import dates
from core.dates import month_name
from core.forms import ConfirmationForm
from core.http import proved_lately, require, submit
from core.permissions import Permission
from kokkmas.month_end import closing, work
from ledger import queries
from ledger.models import Period
from ledger.services import obstacle_to_closing
from treasury.queries import month_end


@require(Permission.PERIOD_CLOSE)
def month_end_work(request, pk):
    """The steps of one unit. One button shows what each would post now, which locks the month; the other posts it."""
    period = get_object_or_404(Period, pk=pk)
    asks = "preview" in request.POST
    form = ConfirmationForm(None if asks else request.POST or None)
    on = dates.today()
    if form.is_valid() and submit(form, work.run, period, on=on, by=request.user) is not None:
        messages.success(request, _("The month-end work of {month} is done.").format(month=month_name(period.month)))
        return redirect("month-end", pk)
    obstacle = obstacle_to_closing(period, on=on)
    context = {
        "period": period,
        "form": form,
        "obstacle": obstacle,
        "works": work.preview(period, by=request.user) if asks and not obstacle else work.posted(period),
    }
    return render(request, "month_end/work.html", context)


@require(Permission.PERIOD_CLOSE)
@proved_lately
def close_month(request, pk):
    """Close one unit's month, once every check of the books passes as at its end."""
    period = get_object_or_404(Period, pk=pk)
    form = ConfirmationForm(request.POST or None)
    on = dates.today()
    if form.is_valid() and submit(form, closing.close, [period], on=on, by=request.user):
        messages.success(request, _("{month} is closed.").format(month=month_name(period.month)))
        return redirect("ledger:periods")
    failed = closing.failed_checks(period.month)
    context = {
        "period": period,
        "form": form,
        "month": queries.month(period),
        "obstacle": obstacle_to_closing(period, on=on),
        "posted": sum(each.posted for each in work.posted(period)),
        "missing": month_end.missing(period.unit, period.month),
        "is_refused": month_end.is_refused(period.unit, period.month),
        "waiting": month_end.waiting(period.month),
        "failed": [(check.said, [row._asdict() for row in check.rows[:50]]) for check in failed],
        "title": _("Close {month}, {unit}").format(month=month_name(period.month), unit=period.get_unit_display()),
        "consequences": [
            _("Month-end work that is not done yet is posted first."),
            _("Every check of the books must pass as at the end of the month, or nothing is closed."),
            _("Nothing can be posted or reversed in this month any more, not even by the maintainer."),
            _("The balance of every account at the end of the month is kept."),
            _("The lines are sealed, so that a later change to them is detected."),
            _("A mistake found later is corrected by an entry in an open month."),
        ],
    }
    return render(request, "month_end/close.html", context)
