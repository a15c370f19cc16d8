"""The price list on paper."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from pricing import queries
from pricing.models import Item, PriceList


def price_list(of: PriceList, *, on: datetime.date, products_only: bool = False) -> bytes:
    """The list for the wall, with the prices of a dozen and a kodi. Without personal data."""
    prices = queries.prices(of)
    if products_only:
        prices = prices.filter(item__kind=Item.Kind.PRODUCT)
    return pdf(
        "pricing/price_list/price_list.typ",
        {
            "on": on,
            "title": _("Price list"),
            "since": _("In force from {day}").format(day=date_format(of.in_force_from, "j F Y")),
            "decision": _("Decided in {decision}").format(decision=of.decided_in),
            "columns": [_("Code"), _("Item"), _("Unit"), _("Price (Rp)"), _("Dozen (Rp)"), _("Kodi (Rp)")],
            "groups": [
                {"title": title, "rows": [_row(price) for price in prices if price.item.kind == kind]}
                for kind, title in ((Item.Kind.PRODUCT, _("Products")), (Item.Kind.MATERIAL, _("Materials")))
            ],
            "note": _("All members sell at these prices. They hold until the next list."),
        },
    )


def _row(price) -> list:
    item = price.item
    times = (12, 20) if item.base_unit.is_counted else (None, None)
    return [item.code, item.name, str(item.base_unit), price.amount, *(n and price.amount * n for n in times)]
