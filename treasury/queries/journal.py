"""The lines of an entry by hand that waits for a second approval."""

from ledger.models import Account
from treasury.models import PaymentKind, PaymentRequest


def lines_waiting(request: PaymentRequest) -> list[tuple[Account, int, int]]:
    """Account, debit and credit of every line that would be posted; none where the request is no entry by hand."""
    if request.kind != PaymentKind.JOURNAL:
        return []
    accounts = {account.code: account for account in Account.objects.filter(unit=request.facts["unit"])}
    return [(accounts[code], debit, credit) for code, debit, credit in request.facts["lines"]]
