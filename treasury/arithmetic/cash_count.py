"""Counting cash by denomination. Pure: no database, no clock, no Django."""

from collections.abc import Mapping

DENOMINATIONS = (100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
"""Rupiah notes and coins that Bank Indonesia issues and that pass as money in 2026, largest first; 1,000 is both."""


def total(pieces: Mapping[int, int]) -> int:
    """What so many pieces of each denomination are worth. ValueError for one that is none, or for fewer than zero."""
    for denomination, count in pieces.items():
        if denomination not in DENOMINATIONS or count < 0:
            raise ValueError((denomination, count))
    return sum(denomination * count for denomination, count in pieces.items())
