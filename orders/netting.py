"""What a maker may let go of their pay instead of taking it home: a registry of ways, wired by the rooms that know.

Orders and activities do not know each other, so the dues are registered from the wiring (`kokkmas.apps`); what a loan
asks for is registered by the orders themselves.
"""

from typing import Any, NamedTuple

from django.utils.module_loading import import_string


class Option(NamedTuple):
    """One thing that can be paid now: what to call it, how much it is, and whether a part of it will do."""

    key: str
    label: str
    amount: int
    in_parts: bool


class Booked(NamedTuple):
    """What the other room wrote: the entry in the general unit, and what it needs to undo its side."""

    entry: Any
    handle: str


class Way(NamedTuple):
    """`options(member, as_of=)` lists what is open; `pay(member, key, amount, on=, by=, reference=)` books it out of

    the maker's money at the cooperative (2401) and gives `Booked`; `undo(offset, on=, reason=, by=)` takes it back.
    Each by its dotted name, so that a room is only asked once it is there.
    """

    options: str
    pay: str
    undo: str


_ways: dict[str, Way] = {}


def register(kind: str, way: Way) -> None:
    _ways[kind] = way


def kinds() -> list[str]:
    return list(_ways)


def options(kind: str, member, **facts) -> list[Option]:
    return import_string(_ways[kind].options)(member, **facts)


def pay(kind: str, *args, **facts) -> Booked:
    return import_string(_ways[kind].pay)(*args, **facts)


def undo(kind: str, *args, **facts) -> None:
    import_string(_ways[kind].undo)(*args, **facts)
