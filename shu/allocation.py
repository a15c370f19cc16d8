"""How the surplus of a year (SHU) is divided among funds and members: pure arithmetic on whole rupiah.

    capital part of a member   = own savings  / all savings  x the members' pool for capital  (jasa modal)
    business part of a member  = own business / all business x the members' pool for business (jasa usaha)

A members' pool is its percentage of the surplus, rounded half up. What is left goes to the other funds in proportion
to their percentages, by largest remainder. So pools, funds and members each add up to the rupiah.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.money import split

WHOLE = 10_000
"""100 % in basis points."""


class Fund(TextChoices):
    """What the annual meeting divides the surplus into (UU 25/1992 art. 45)."""

    RESERVE = "reserve", _("reserve")
    CAPITAL = "capital", _("members, by their savings")
    BUSINESS = "business", _("members, by their business")
    BOARD = "board", _("board")
    STAFF = "staff", _("staff")
    EDUCATION = "education", _("education")
    SOCIAL = "social", _("social fund")


class AllocationError(ValueError):
    """Figures that cannot be divided; the text says which one and why."""


class Figures(NamedTuple):
    """What one member's parts are worked out from."""

    number: str
    capital: int
    business: int


class Share(NamedTuple):
    """What one member gets."""

    number: str
    capital_part: int
    business_part: int

    @property
    def total(self) -> int:
        return self.capital_part + self.business_part


@dataclass(frozen=True, slots=True)
class Sharing:
    """The two pools divided among the members. `to_reserve` is a pool that no member has a figure for."""

    shares: list[Share]
    to_reserve: dict[Fund, int]

    @property
    def capital_part(self) -> int:
        return sum(share.capital_part for share in self.shares)

    @property
    def business_part(self) -> int:
        return sum(share.business_part for share in self.shares)

    @property
    def total(self) -> int:
        return self.capital_part + self.business_part


@dataclass(frozen=True, slots=True)
class Allocation:
    """The whole surplus divided: `funds` adds up to it, and the members' parts to the two pools among the funds."""

    funds: dict[Fund, int]
    sharing: Sharing


def allocate(surplus: int, percentages: Mapping[Fund, int], members: Sequence[Figures]) -> Allocation:
    """Divide `surplus` by `percentages` (basis points that make exactly 100 %) and the members' figures.

    A pool that no member has a figure for goes to the reserve, and `sharing.to_reserve` says so. Raises
    AllocationError where the percentages do not make 100 %, or anything is negative.
    """
    if any(points < 0 for points in percentages.values()):
        raise AllocationError("percentages: cannot be negative")
    if sum(percentages.values()) != WHOLE:
        raise AllocationError("percentages: must add up to exactly 100 %")
    points = dict.fromkeys(Fund, 0) | {Fund(fund): part for fund, part in percentages.items()}
    capital, business = pools(surplus, Fraction(points[Fund.CAPITAL], WHOLE), Fraction(points[Fund.BUSINESS], WHOLE))
    others = [fund for fund in Fund if fund not in (Fund.CAPITAL, Fund.BUSINESS)]
    parts = split(surplus - capital - business, [points[fund] for fund in others])
    funds = {Fund.CAPITAL: capital, Fund.BUSINESS: business, **dict(zip(others, parts, strict=True))}
    sharing = share_out(capital, business, members)
    for fund, amount in sharing.to_reserve.items():
        funds[fund] -= amount
        funds[Fund.RESERVE] += amount
    return Allocation({fund: funds[fund] for fund in Fund}, sharing)


def pools(surplus: int, capital: Fraction, business: Fraction) -> tuple[int, int]:
    """What the members get for their capital and for their business: each its part of the surplus, rounded half up.

    The second pool never takes more than the first has left: half of Rp 1 for each is Rp 1 and nothing.
    """
    if surplus < 0:
        raise AllocationError("surplus: cannot be negative; a loss is not shared out")
    if capital < 0 or business < 0:
        raise AllocationError("percentages: cannot be negative")
    if capital + business > 1:
        raise AllocationError("percentages: capital and business together are more than 100 %")
    for_capital = half_up(surplus * capital)
    return for_capital, min(half_up(surplus * business), surplus - for_capital)


def share_out(capital_pool: int, business_pool: int, members: Sequence[Figures]) -> Sharing:
    """Divide the two pools in proportion to the members' figures; of equal remainders the earlier gets the rupiah."""
    for member in members:
        if member.capital < 0 or member.business < 0:
            raise AllocationError(f"member {member.number}: figures cannot be negative")
    to_reserve, parts = {}, []
    for fund, pool in ((Fund.CAPITAL, capital_pool), (Fund.BUSINESS, business_pool)):
        weights = [getattr(member, fund) for member in members]
        if pool and not any(weights):
            to_reserve[fund] = pool
            pool = 0
        parts.append(split(pool, weights))
    rows = zip(members, *parts, strict=True)
    return Sharing([Share(member.number, capital, business) for member, capital, business in rows], to_reserve)


def half_up(exact: Fraction) -> int:
    """A non-negative amount in whole rupiah; exactly half a rupiah counts as a whole one."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
