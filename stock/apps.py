from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("Stock")
    audit_sentences = {
        "stock.recorded": _("{by} wrote down: {kind} {quantity}"),
        "stock.counted": _("{by} counted {counted}, {difference} from what was written down"),
        "stock.moved": _("{by} wrote down {quantity} from {giver} to {taker}"),
        "lending.recorded": _("{by} wrote down: {lender} hands {quantity} to {borrower}"),
        "lending.confirmed": _("{by} confirmed that it was handed over"),
        "lending.declined": _("{by} took it back: nothing was handed over. {reason}"),
        "lending.returned": _("{by} wrote down that {quantity} came back, {way}"),
        "lending.return_confirmed": _("{by} confirmed that {quantity} came back"),
        "lending.return_declined": _("{by} did not confirm {quantity}: {reason}"),
        "lending.limited": _("{by} lends at most {at_most} from {from_on} on"),
        "bill.written": _("{by} wrote into the bill of {subject}: {quantity} {material}, waste {waste}"),
        "bill.removed": _("{by} took {material} out of the bill of {subject}"),
    }
