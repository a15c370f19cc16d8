"""Paying a loan out."""

from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import services
from loans.forms.disbursement import DisbursementForm
from loans.views.common import cost, crumbs, found, terms, with_receipt


@require(Permission.LOAN_DISBURSE)
def disburse(request, pk):
    loan = found(request, pk)

    def page():
        costs = cost(loan.rules, terms(loan) | {"disbursed_on": today()})
        fees = _("{principal} less fees of {fees}.").format(
            principal=format_rupiah(loan.principal), fees=format_rupiah(costs["fees"])
        )
        return FormPage(
            title=_("Pay out the loan of {name}").format(name=loan.member.name),
            action=_("Pay out the loan"),
            crumbs=crumbs(request, loan),
            amount=costs["net"],
            consequences=[
                *([fees] if costs["fees"] else []),
                _("{count} instalments, {total} in all; paid out today.").format(
                    count=loan.instalments, total=format_rupiah(costs["plan"].total)
                ),
                _("One entry is posted and a numbered receipt is made."),
            ],
        )

    return form_page(
        request,
        DisbursementForm(request.POST or None),
        services.disburse,
        loan,
        by=request.user,
        page=page,
        done=lambda loan: with_receipt(_("{amount} paid out.").format(amount=format_rupiah(loan.net)), loan.receipt),
    )
