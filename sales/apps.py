from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SalesConfig(AppConfig):
    name = "sales"
    verbose_name = _("Sales")
    hooks = {
        "entries.buyer": "sales.hooks.page_of_payment",
        "entries.invoice": "sales.hooks.page_of_invoice",
        "entries.proceeds": "sales.hooks.page_of_proceeds",
        "entries.return": "sales.hooks.page_of_return",
        "payments.buyer": "sales.services.payment.post_back",
        "payments.proceeds": "sales.services.proceeds.post_proceeds",
    }
    audit_sentences = {
        "sale.terms": _("{by} agreed: sold by {seller}, deposit {amount}, {days} days to pay"),
        "shipment.sent": _("{by} sent {quantity} to the buyer with {number}"),
        "shipment.reversed": _("{by} reversed delivery note {number}: {reason}"),
        "invoice.issued": _("{by} issued invoice {number} of {amount}"),
        "invoice.reversed": _("{by} reversed invoice {number} of {amount}: {reason}"),
        "payment.recorded": _("{by} recorded {amount} from the buyer ({kind})"),
        "payment.reversed": _("{by} reversed a payment of {amount}: {reason}"),
        "return.recorded": _("{by} recorded the return of {quantity} as {number}: {reason}"),
        "return.reversed": _("{by} reversed return {number}: {reason}"),
        "proceeds.paid": _("{by} paid the member {amount} for {number}"),
        "proceeds.back": _("{by} received {amount} back from the member for {number}"),
        "proceeds.reversed": _("{by} reversed a payment to or from the member of {amount}: {reason}"),
    }
