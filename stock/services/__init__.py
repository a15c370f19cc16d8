"""What people do with material and goods. The only code of this book that saves: one verb, one transaction."""

from stock.services.bill import remove_from_bill, write_bill
from stock.services.buying import cancel_purchase, choose, join, open_purchase, quote, receive, share_out
from stock.services.common import StockRefused
from stock.services.lending import confirm, decline, lend, limit_lending, tell_moved_dates
from stock.services.moving import count, give_along, record
from stock.services.paying import pay_share, pay_supplier
from stock.services.returning import confirm_return, decline_return, give_back
from stock.services.undoing import reverse_share_payment, reverse_step

__all__ = [
    "StockRefused",
    "cancel_purchase",
    "choose",
    "confirm",
    "confirm_return",
    "count",
    "decline",
    "decline_return",
    "give_along",
    "give_back",
    "join",
    "lend",
    "limit_lending",
    "open_purchase",
    "pay_share",
    "pay_supplier",
    "quote",
    "receive",
    "record",
    "remove_from_bill",
    "reverse_share_payment",
    "reverse_step",
    "share_out",
    "tell_moved_dates",
    "write_bill",
]
