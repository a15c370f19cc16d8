"""Rounding without floats: an exact fraction of a rupiah becomes a multiple of the unit the rules name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rounding(models.TextChoices):
    HALF_UP = "half_up", _("to the nearest, half up")
    HALF_EVEN = "half_even", _("to the nearest, half to even")
    UP = "up", _("up")
    DOWN = "down", _("down")


class MultipleRounding(models.TextChoices):
    """How an instalment is brought to a round sum (Rp 1,000, Rp 10,000) that is easy to pay in cash."""

    NEAREST = "nearest", _("to the nearest")
    UP = "up", _("up")
    DOWN = "down", _("down")


def rounded(numerator: int, denominator: int, mode: str = Rounding.HALF_UP, unit: int = 1) -> int:
    """`numerator / denominator` as a multiple of `unit`; both are non-negative, so up and down need no sign.

    Of two equally near multiples half_up takes the higher, half_even the one with an even count of units.
    """
    denominator *= unit
    quotient, rest = divmod(numerator, denominator)
    if rest and (
        mode == Rounding.UP
        or (mode != Rounding.DOWN and 2 * rest > denominator)
        or (2 * rest == denominator and (mode == Rounding.HALF_UP or (mode == Rounding.HALF_EVEN and quotient % 2)))
    ):
        quotient += 1
    return quotient * unit


def rounded_to_multiple(numerator: int, denominator: int, multiple: int, mode: str) -> int:
    """A level instalment as a round sum; never nothing, because nothing would never repay the loan."""
    to = Rounding.HALF_UP if mode == MultipleRounding.NEAREST else mode
    return rounded(numerator, denominator, to, multiple) or multiple
