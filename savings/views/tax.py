"""The tax on interest in the browser: paid to the State, and the slip of a member."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.permissions import Permission
from savings import papers, queries, services
from savings.forms.tax import PayTaxForm
from savings.views.common import member_or_404, month_or_404


@require(Permission.SAVINGS_DEPOSIT)
def pay_tax(request, month):
    first = month_or_404(month)
    form = PayTaxForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_tax, first, by=request.user, **form.facts)):
        messages.success(request, _("The tax is handed over. Receipt {number}.").format(number=paid.receipt.number))
        return redirect("savings:interest", month)
    context = {"key": month, "month": first, "form": form, "amount": sum(row.tax for row in queries.slips(first))}
    return render(request, "savings/pay_tax.html", context)


@require(Permission.SAVINGS_VIEW)
def slip(request, pk, month):
    member = member_or_404(request, pk)
    first = month_or_404(month)
    found = queries.slips(first, member=member)
    if not found:
        raise Http404
    return papers.slip_response(found[0], member, rules=queries.tax_rules(first), on=today())
