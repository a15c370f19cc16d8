"""How an offer is shared fairly over all who asked for a part. No database, no clock, no Django."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


def fair_shares(offered: int, wishes: dict, balance: dict | None = None) -> dict:
    """Share `offered` pieces over members who each wish at most `wishes[member]`, max-min fair, in whole pieces.

    Everybody's share rises together until their wish is met or nothing is left (water filling). Of the last odd
    pieces, those get one who received least in earlier rounds (`balance`), then those with the smaller key: the
    result does not depend on the order of input. More than everybody wishes is never given.
    """
    before, shares = balance or {}, {}
    waiting = sorted(wishes, key=lambda one: (wishes[one], one))
    for number, member in enumerate(waiting):
        rest = waiting[number:]
        level, odd = divmod(offered, len(rest))
        if wishes[member] > level:
            lucky = sorted(rest, key=lambda one: (before.get(one, 0), one))[:odd]
            return shares | dict.fromkeys(rest, level) | dict.fromkeys(lucky, level + 1)
        shares[member] = max(wishes[member], 0)
        offered -= shares[member]
    return shares


def in_lots(pieces: int, room: dict, *, smallest: int = 1) -> dict:
    """Propose parts of `pieces` to members in the order of asking, nobody fewer than `smallest`, by their `room`.

    Those first in the order are asked, as many as there are lots; of a rest that is less than one lot the first who
    has room for it gets all. Between them it is max-min fair.
    """
    able = [member for member, most in room.items() if most >= min(smallest, pieces)]
    asked = able[: max(pieces // smallest, 1)] if pieces > 0 else []
    return fair_shares(pieces, {member: room[member] for member in asked})


class Reason(StrEnum):
    """Why somebody got what they got in a round."""

    WISH = "wish"
    """All that was asked for."""
    ROOM = "room"
    """As much as the workshop can finish until the day it is due."""
    SHARE = "share"
    """There was not enough for all: the same share as everybody who could have used more."""
    ODD = "odd"
    """The same share, and one of the last pieces because others had received more before."""
    LEFT = "left"
    """Not a member any more when the round closed."""


@dataclass(frozen=True)
class Ask:
    """What counts of one member when an offer is shared: the most they want, their room, what they had before."""

    wish: Decimal
    free: Decimal | None
    """Base units until the work is due; None where no capacity is written down, and then only the wish counts."""
    balance: int = 0
    """Rupiah of neighbours' work taken in the year before."""
    is_member: bool = True


@dataclass(frozen=True)
class Part:
    given: Decimal
    reason: Reason


def share_out(offered: Decimal, asks: dict, *, step: Decimal = Decimal(1)) -> dict:
    """What each of `asks` gets of `offered`, in whole steps (pairs, or dozens or kodi where the offer says so).

    Never more than offered, than the wish or than the free capacity; max-min fair; the same whatever the order.
    """
    most = {}
    for member, ask in asks.items():
        limit = ask.wish if ask.free is None else min(ask.wish, ask.free)
        most[member] = int(max(limit, 0) // step) if ask.is_member else 0
    balance = {member: ask.balance for member, ask in asks.items()}
    shares = fair_shares(int(offered // step), most, balance)
    short = [share for member, share in shares.items() if share < most[member]]
    level = min(short, default=0)
    return {
        member: Part(share * step, _reason(asks[member], share, most[member], level, step))
        for member, share in shares.items()
    }


def _reason(ask: Ask, share: int, most: int, level: int, step: Decimal) -> Reason:
    if not ask.is_member:
        return Reason.LEFT
    if share == most and ask.free is not None and ask.free // step < ask.wish // step:
        return Reason.ROOM
    if share == most:
        return Reason.WISH
    return Reason.ODD if share > level else Reason.SHARE
