"""What the sales answer to rooms below (`core.hooks`): the order on whose page an entry of a sale is reversed."""

from django.urls import reverse

from ledger.models import Entry
from sales.models import BuyerPayment, BuyerReturn, Invoice, ProceedsPayment


def page_of_invoice(entry: Entry) -> str:
    return _order(Invoice, "order", entry)


def page_of_payment(entry: Entry) -> str:
    return _order(BuyerPayment, "order", entry)


def page_of_return(entry: Entry) -> str:
    return _order(BuyerReturn, "order", entry)


def page_of_proceeds(entry: Entry) -> str:
    return _order(ProceedsPayment, "invoice__order", entry)


def _order(model, path: str, entry: Entry) -> str:
    return reverse("orders:detail", args=[model.objects.values_list(path, flat=True).get(entry=entry)])
