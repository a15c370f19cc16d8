"""The home page of every role, the switches for language and colours, and the end of a month, which sees all rooms."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from core import dates
from core.forms import Form
from core.http import public, require, submit
from core.permissions import Permission
from kokkmas import closing
from kokkmas import month_end as work
from kokkmas.home import page
from ledger import queries
from ledger.models import Period
from ledger.services import month_name, obstacle_to_closing
from reports.promises import promise

language = public(set_language)


@public
@require_POST
def theme(request):
    """Remember light or dark in a cookie, or forget it so that the page follows the device."""
    back = request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "home")
    if (chosen := request.POST.get("theme")) in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=365 * 24 * 3600, secure=settings.PRODUCTION, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response


@require(Permission.OWN)
def home(request):
    template, context = page(request.user, dates.today())
    return render(request, template, context)


@require(Permission.PERIOD_CLOSE)
def month_end(request, pk):
    """What each step of the month-end work would post in one unit, and posting it."""
    period = get_object_or_404(Period, pk=pk)
    form = Form(request.POST or None)
    on = dates.today()
    if form.is_valid() and submit(form, work.run, period, on=on, by=request.user) is not None:
        messages.success(request, _("The month-end work of {month} is done.").format(month=month_name(period.month)))
        return redirect("month-end", pk)
    obstacle = obstacle_to_closing(period, on=on)
    context = {
        "period": period,
        "form": form,
        "obstacle": obstacle,
        "last": dates.month_end(period.month),
        "works": [] if obstacle else work.look(period, by=request.user),
    }
    return render(request, "ledger/month_end.html", context)


@require(Permission.PERIOD_CLOSE)
def close_month(request, pk):
    """Close one unit's month, once every check of the books passes as at its end."""
    period = get_object_or_404(Period, pk=pk)
    form = Form(request.POST or None)
    on = dates.today()
    if form.is_valid() and submit(form, closing.close, [period], on=on, by=request.user):
        messages.success(request, _("{month} is closed.").format(month=month_name(period.month)))
        return redirect("ledger:periods")
    failed = closing.failed_checks(period.month)
    obstacle = obstacle_to_closing(period, on=on)
    context = {
        "period": period,
        "form": form,
        "month": queries.month(period),
        "obstacle": obstacle,
        "undone": [] if obstacle else [each for each in work.look(period, by=request.user) if not each.is_done],
        "failed": [(promise(check), [row._asdict() for row in check.rows[:50]]) for check in failed],
        "title": _("Close {month}, {unit}").format(month=month_name(period.month), unit=period.get_unit_display()),
        "consequences": [
            _("Month-end work that is not done yet is posted first."),
            _("Every check of the books must pass as at the end of the month; otherwise nothing is closed."),
            _("Nothing can be posted or reversed in this month any more, not even by the maintainer."),
            _("The balance of every account at the end of the month is kept."),
            _("The lines are sealed: a later change to them would show."),
            _("A mistake found later is corrected by an entry in an open month."),
        ],
    }
    return render(request, "ledger/close.html", context)
