"""Where the money is, and what waits: the first page of cash and bank."""

from django.shortcuts import render

from core.dates import today
from core.http import require
from core.permissions import Permission
from treasury.models import BankAccount, PaymentRequest, Transfer
from treasury.queries.bank_account import holdings
from treasury.queries.cash_count import counts
from treasury.queries.voucher import due_templates, vouchers


@require(Permission.LEDGER_VIEW)
def index(request):
    on = today()
    context = {
        "units": holdings(as_of=on),
        "banks": BankAccount.objects.open(as_of=on).select_related("account").order_by("unit", "account__code"),
        "requests": PaymentRequest.objects.waiting().select_related("requested_by").order_by("requested_on", "pk"),
        "due_templates": due_templates(as_of=on),
        "vouchers": vouchers()[:8],
        "counts": counts()[:4],
        "transfers": Transfer.objects.select_related("source", "target").order_by("-on", "-pk")[:5],
    }
    return render(request, "treasury/index.html", context)
