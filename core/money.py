"""Whole rupiah: reading, writing and dividing them. No floats, no sen."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

LIMIT = 999_000_000_000_000
"""The most one amount may be: Rp 999 trillion."""


def parse_rupiah(text: str) -> int:
    """The amount in `1500000`, `1.500.000`, `Rp 1.500.000` or `Rp 1.500.000,-`.

    Raises ValueError with a sentence for the person who typed it: decimals, a minus sign, letters, dots in the
    wrong place and more than Rp 999 trillion each have their own.
    """
    digits = re.sub(r"^\s*rp\.?|,-\s*$|\s", "", text, flags=re.IGNORECASE)
    if digits.startswith(("-", "−", "(")):
        raise ValueError(_("The amount cannot be negative."))
    if re.search(r"[,.]\d{1,2}$", digits) or re.fullmatch(r"[\d.]+,\d*", digits):
        raise ValueError(_("Write whole rupiah, without a decimal part, such as 1.500.000."))
    if not re.fullmatch(r"[0-9.]+", digits):
        raise ValueError(_("Write the amount in digits only, such as 1.500.000."))
    if "." in digits and not re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        raise ValueError(_("The dots belong between thousands, as in 1.500.000."))
    digits = digits.replace(".", "").lstrip("0")
    if len(digits) > len(str(LIMIT)) or (amount := int(digits or 0)) > LIMIT:
        raise ValueError(_("The amount is larger than Rp 999 trillion; please check the zeros."))
    return amount


def format_rupiah(amount: int) -> str:
    """`1250000` as `Rp 1.250.000`, with no-break spaces; a negative amount carries a minus sign before Rp."""
    return ("−" if amount < 0 else "") + "Rp\u00a0" + format_number(abs(amount))


def format_number(number: int) -> str:
    """`1250000` as `1.250.000`, for columns whose heading says Rp."""
    return f"{number:,}".replace(",", ".").replace("-", "−")


def parse_percent(text: str) -> int:
    """The hundredths of a percent in `1,5`, `1.5`, `2` or `12,25 %`.

    Raises ValueError with a sentence for the person who typed it: anything finer, negative or no number.
    """
    found = re.fullmatch(r"(\d{1,4})(?:[,.](\d{1,2}))?%?", re.sub(r"\s", "", text))
    if not found:
        raise ValueError(_("Write the percent in digits with two decimals at most, such as 2 or 1,25."))
    whole, part = found.groups(default="")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def format_percent(basis_points: int) -> str:
    """`150` hundredths of a percent as `1,5 %`, with a no-break space."""
    return percent_digits(basis_points) + "\u00a0%"


def percent_digits(basis_points: int) -> str:
    """`150` hundredths of a percent as `1,5`, for a field to type in."""
    whole, part = divmod(basis_points, 100)
    return f"{whole},{part:02}".rstrip("0").rstrip(",")


def format_quantity(quantity: Decimal) -> str:
    """A quantity without needless zeros: `80`, `22,5`, `1.200`."""
    whole, _dot, part = f"{quantity:.3f}".partition(".")
    part = part.rstrip("0")
    return format_number(int(whole)) + (f",{part}" if part else "")


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` in proportion to `weights` so that the parts add up exactly (largest remainder).

    Of equal remainders the earlier part gets the odd rupiah. Raises ValueError where no weight is positive but
    there is something to divide, or where a weight is negative.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights cannot be negative")
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing to divide by: every weight is zero")
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: -remainders[index])
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
