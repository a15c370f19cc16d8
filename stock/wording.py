"""What two neighbours write to each other about something lent: how much, at which price, until when, and the page."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_quantity, format_rupiah


def message(loan, outlook, url: str) -> str:
    """The words for WhatsApp as things stand: when it must be back and why, or what was handed over."""
    quantity = outlook.out if outlook else loan.quantity
    words = {
        "quantity": f"{format_quantity(quantity)} {loan.item.base_unit}",
        "item": loan.item,
        "lender": loan.lender.name,
        "borrower": loan.borrower.name,
        "price": format_rupiah(loan.price),
        "unit": loan.item.base_unit,
    }
    if outlook:
        text = _(
            "{quantity} {item} (agreed at {price} a {unit}) must be back from {borrower} with {lender} by {day}: {why}."
        )
        words |= {"day": date_format(outlook.return_on, "j F Y"), "why": outlook.why}
    else:
        text = _("{quantity} {item} from {lender} to {borrower}, agreed at {price} a {unit}, handed over on {day}.")
        words["day"] = date_format(loan.handed_on, "j F Y")
    return f"{text.format(**words)}\n{url}"
