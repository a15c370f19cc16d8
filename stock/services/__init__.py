"""What people do with material and goods. The only code of this book that saves: one verb, one transaction."""

from stock.services.common import StockRefused
from stock.services.moving import count, give_along, record

__all__ = ["StockRefused", "count", "give_along", "record"]
