"""Moving money between cash and bank and between the units."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.forms import ReversalForm
from core.http import download, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from treasury import papers, services
from treasury.forms.transfer import TransferForm
from treasury.models import Transfer
from treasury.queries.bank_account import name_of
from treasury.views.common import crumbs, paid_or_waits

SIDES = ("source__bank_account", "target__bank_account")


@require(Permission.VOUCHER_POST)
def transfer(request):
    return form_page(
        request,
        TransferForm(request.POST or None),
        services.transfer,
        by=request.user,
        page=FormPage(
            title=_("Transfer money"),
            action=_("Transfer"),
            crumbs=crumbs(),
            lead=_("From cash to the bank and back, or from one unit to the other."),
        ),
        **paid_or_waits(done=_("The transfer is booked.")),
    )


@require(Permission.LEDGER_VIEW)
def transfer_paper(request, pk):
    found = get_object_or_404(Transfer.objects.select_related(*SIDES, "entry", "by", "reversed_by"), pk=pk)
    return download(papers.transfer(found), f"{found.number}.pdf", inline=True)


@require(Permission.ENTRY_REVERSE)
def reverse_transfer(request, pk):
    found = get_object_or_404(Transfer.objects.select_related(*SIDES), pk=pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_transfer,
        found,
        by=request.user,
        page=FormPage(
            title=_("Reverse the transfer"),
            action=_("Reverse"),
            crumbs=crumbs(),
            amount=found.amount,
            facts=[
                (pgettext("transfer", "From"), name_of(found.source)),
                (pgettext("transfer", "To"), name_of(found.target)),
                (_("Purpose"), found.purpose),
            ],
            danger=True,
        ),
        done=_("The transfer is reversed."),
    )
