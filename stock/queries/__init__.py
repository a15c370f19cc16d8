"""Questions about stock, each as at a day."""

from stock.queries.holding import Holding, held, holdings, last_quantity, lowest, movements

__all__ = ["Holding", "held", "holdings", "last_quantity", "lowest", "movements"]
