"""The tax on interest in the browser: paid to the State, and the slip of a member."""

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from savings import papers, queries, services
from savings.forms.tax import PayTaxForm
from savings.models import SavingsTaxRules
from savings.views.common import member_or_404, month_or_404


@require(Permission.SAVINGS_DEPOSIT)
def pay_tax(request, month):
    first = month_or_404(month)
    return form_page(
        request,
        PayTaxForm(request.POST or None),
        services.pay_tax,
        first,
        by=request.user,
        page=lambda: FormPage(
            title=_("Pay the tax of {month} to the State").format(month=date_format(first, "F Y")),
            action=_("Pay the tax to the State"),
            amount=sum(row.tax for row in queries.slips(first)),
            crumbs=crumbs((_("Savings"), "savings:list"), (_("Interest and tax"), "savings:interest", month)),
        ),
        done=lambda paid: _("The tax is paid. Receipt {number}.").format(number=paid.receipt.number),
    )


@require(Permission.SAVINGS_VIEW)
def slip(request, pk, month):
    member, first = member_or_404(request, pk), month_or_404(month)
    found = queries.slips(first, member=member)
    if not found:
        raise Http404
    return papers.slip_response(found[0], member, rules=SavingsTaxRules.objects.current(first), on=today())
