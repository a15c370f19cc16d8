"""Where the money is, and what waits: the first page of cash and bank."""

from django.shortcuts import render

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.permissions import Permission
from treasury.models import Transfer
from treasury.queries.bank_account import holdings, name_of, open_accounts
from treasury.queries.bank_statement import unmatched_by_account
from treasury.queries.cash_count import counts
from treasury.queries.month_end import counts_due
from treasury.queries.spending import waiting_requests
from treasury.queries.voucher import due_templates, vouchers


@require(Permission.LEDGER_VIEW)
def index(request):
    on = today()
    transfers = Transfer.objects.select_related("source__bank_account", "target__bank_account").order_by("-on", "-pk")
    unmatched = unmatched_by_account()
    context = {
        "units": holdings(as_of=on),
        "banks": [(bank, unmatched.get(bank.pk, 0)) for bank in open_accounts(as_of=on)],
        "requests": waiting_requests(),
        "due_templates": [(template, ConfirmationForm(auto_id=False)) for template in due_templates(as_of=on)],
        "counts_due": counts_due(as_of=on),
        "vouchers": vouchers()[:8],
        "counts": counts()[:4],
        "transfers": [(row, name_of(row.source), name_of(row.target)) for row in transfers[:5]],
    }
    return render(request, "treasury/index.html", context)
