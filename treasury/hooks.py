"""What cash and bank answer to the ledger below: the page where an entry is shown and corrected."""

from django.urls import reverse

from ledger.models import Entry
from treasury.models import Journal, PaymentRequest, Voucher


def page_of_count(entry: Entry) -> str:
    """The count that found the difference (`entries.cash_count`)."""
    return reverse("treasury:cash-count", args=[int(entry.reference.split(":")[1])])


def page_of_journal(entry: Entry) -> str:
    return reverse("treasury:journal", args=[Journal.objects.values_list("pk", flat=True).get(entry=entry)])


def page_of_voucher(entry: Entry) -> str:
    return reverse("treasury:voucher", args=[Voucher.objects.values_list("pk", flat=True).get(entry=entry)])


def page_of_transfer(entry: Entry) -> str:
    return reverse("treasury:index") + "#transfers"


def undecided(as_of):
    """Payments that wait for a second approval, where a decision may be asked for."""
    return PaymentRequest.objects.waiting().order_by("requested_on", "pk")
