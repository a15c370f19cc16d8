"""What people do with material and goods. The only code of this book that saves: one verb, one transaction."""

from stock.services.bill import remove_from_bill, write_bill
from stock.services.common import StockRefused
from stock.services.lending import confirm, decline, lend, limit_lending, tell_moved_dates
from stock.services.moving import count, give_along, record
from stock.services.returning import confirm_return, decline_return, give_back

__all__ = [
    "StockRefused",
    "confirm",
    "confirm_return",
    "count",
    "decline",
    "decline_return",
    "give_along",
    "give_back",
    "lend",
    "limit_lending",
    "record",
    "remove_from_bill",
    "tell_moved_dates",
    "write_bill",
]
