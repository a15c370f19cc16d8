"""The words in which people are told about material and goods, in the inbox, by WhatsApp and on the pages."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.dates import long_date
from core.money import format_quantity, format_rupiah


def counted(quantity: Decimal, item) -> str:
    """`12,5 kaki persegi (SF)`, as sentences say it."""
    return f"{format_quantity(quantity)} {item.base_unit}"


def named(quantity: Decimal, item) -> str:
    """`12,5 kaki persegi (SF) Kulit sapi`."""
    return f"{counted(quantity, item)} {item}"


def sides(loan, quantity: Decimal) -> dict[str, str]:
    """What a sentence about a loan names: `quantity` of its item, who lends and who borrows."""
    return {"quantity": named(quantity, loan.item), "lender": loan.lender.name, "borrower": loan.borrower.name}


def message(loan, outlook, url: str) -> str:
    """What two neighbours write to each other: when it must be back and why, or what was handed over; and the page."""
    words = sides(loan, outlook.out if outlook else loan.quantity)
    words |= {"price": format_rupiah(loan.price), "unit": loan.item.base_unit}
    if outlook:
        text = _("{quantity} (agreed at {price} a {unit}) must be back from {borrower} with {lender} by {day}: {why}.")
        words |= {"day": long_date(outlook.return_on), "why": outlook.why}
    else:
        text = _("{quantity} from {lender} to {borrower}, agreed at {price} a {unit}, handed over on {day}.")
        words["day"] = long_date(loan.handed_on)
    return f"{text.format(**words)}\n{url}"
