from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("Stock")
    audit_sentences = {
        "stock.recorded": _("{by} wrote down: {kind} {quantity}"),
        "stock.counted": _("{by} counted {counted}, {difference} from what was written down"),
        "stock.moved": _("{by} wrote down {quantity} from {giver} to {taker}"),
    }
