"""The way of a piece of work or of a loan of material, as a page shows it: its steps, and the next button."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`state` is done, current or empty (still to come)."""

    title: str
    note: str
    state: str


@dataclass(frozen=True)
class Action:
    """The next button of somebody's side."""

    label: str
    url: str
