"""What a page shows of the way something takes: its steps, and the buttons that come next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`state` is done, current or empty (still to come)."""

    title: str
    note: str
    state: str


@dataclass(frozen=True)
class Action:
    """A button: what somebody may do next."""

    label: str
    url: str
    icon: str = ""


def offered(*buttons: tuple[bool, str, str, str]) -> list[Action]:
    """The actions among (is offered, label, address, icon) that are offered, the most important first."""
    return [Action(label, url, icon) for is_offered, label, url, icon in buttons if is_offered]
