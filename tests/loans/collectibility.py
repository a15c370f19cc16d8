"""The classes of loans one by one, as the regulation says it: what `loans/sql/collectibility.sql` is compared with."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.dates import add_months
from loans.arithmetic.collectibility import RISK_WEIGHTS, ByClass, Class, CooperativeScheme, Limits
from loans.arithmetic.rounding import Rounding, rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysScheme:
    """The most days late that a class still allows: with 90, day 90 is current and day 91 substandard."""

    current_until: int = 90
    substandard_until: int = 120
    doubtful_until: int = 180

    def __post_init__(self):
        if not 0 <= self.current_until < self.substandard_until < self.doubtful_until:
            raise ValueError("the limits rise from class to class")


def days_scheme(rules) -> DaysScheme:
    return DaysScheme(
        current_until=rules.current_until,
        substandard_until=rules.substandard_until,
        doubtful_until=rules.doubtful_until,
    )


def rates(rules) -> ByClass:
    """How many basis points of each class the rules set aside."""
    return ByClass(
        current=rules.current_bp, substandard=rules.substandard_bp, doubtful=rules.doubtful_bp, loss=rules.loss_bp
    )


def by_days(days_late: int, scheme: DaysScheme) -> Class:
    if days_late <= scheme.current_until:
        return Class.CURRENT
    if days_late <= scheme.substandard_until:
        return Class.SUBSTANDARD
    return Class.DOUBTFUL if days_late <= scheme.doubtful_until else Class.LOSS


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What the cooperatives' scheme asks about a loan on a day.

    `period_months` lie between two instalments, 0 for weeks and days; None for a loan that is repaid in one sum.
    `principal_since` and `interest_since` are the oldest due days with something unpaid. `owed` is the debt with its
    interest, `collateral` what would cover it. `rescuable` is the officers' assessment; `in_court` says that the claim
    was handed to a court, an agency or an insurer.
    """

    period_months: int | None
    principal_since: datetime.date | None = None
    interest_since: datetime.date | None = None
    owed: int = 0
    collateral: int = 0
    rescuable: bool = True
    in_court: bool = False


def by_cooperative_scheme(debt: Debt, scheme: CooperativeScheme, *, as_of: datetime.date) -> Class:
    if debt.in_court:
        return Class.LOSS
    found = [(since, limits) for since, limits in _arrears(debt, scheme) if since is not None]
    if not any(_more_than(since, limits.current_until, as_of) for since, limits in found):
        return Class.CURRENT
    substandard_until = min(add_months(since, limits.substandard_until) for since, limits in found)
    if as_of <= substandard_until:
        return Class.SUBSTANDARD
    doubtful_since = substandard_until + datetime.timedelta(days=1)
    return Class.DOUBTFUL if _is_doubtful(debt, scheme, doubtful_since, as_of) else Class.LOSS


def _arrears(debt, scheme):
    if debt.period_months is None:
        return [(debt.principal_since, scheme.without_instalments), (debt.interest_since, scheme.interest_longer)]
    return [
        (debt.principal_since, _of_principal(scheme, debt.period_months)),
        (debt.interest_since, _of_interest(scheme, debt.period_months)),
    ]


def _of_principal(scheme: CooperativeScheme, period_months: int) -> Limits:
    """By the months between two instalments, 0 for weeks and days.

    The regulation names less than one month, one to three, and six and more; four and five count with the shorter,
    stricter group.
    """
    if period_months == 0:
        return scheme.principal_under_a_month
    return scheme.principal_under_six_months if period_months < 6 else scheme.principal_longer


def _of_interest(scheme: CooperativeScheme, period_months: int) -> Limits:
    return scheme.interest_under_a_month if period_months == 0 else scheme.interest_longer


def _is_doubtful(debt, scheme, since, as_of):
    percent = scheme.rescuable_percent if debt.rescuable else scheme.lost_percent
    return debt.collateral * 100 >= debt.owed * percent and not _more_than(since, scheme.doubtful_months, as_of)


def _more_than(since, months, as_of):
    return as_of > add_months(since, months)


@dataclass(frozen=True, slots=True)
class Standing:
    """A running loan on a day: the principal still owed, its class, and the days its oldest debt is late."""

    outstanding: int
    cls: Class
    days_late: int


def provision(outstanding: int, cls: Class, basis_points: ByClass) -> int:
    """What to set aside for one loan, to the rupiah, half up. The sum over all loans is the allowance."""
    return rounded(outstanding * basis_points.of(cls), 10_000, Rounding.HALF_UP)


@dataclass(frozen=True)
class Portfolio:
    """All running loans on a day. Ratios are exact parts of one, 0 while nothing is lent."""

    loans: Sequence[Standing]

    @property
    def outstanding(self) -> int:
        return sum(loan.outstanding for loan in self.loans)

    def by_class(self) -> dict[Class, int]:
        """What is outstanding in every class, also in those without a loan."""
        sums = dict.fromkeys(Class, 0)
        for loan in self.loans:
            sums[loan.cls] += loan.outstanding
        return sums

    def provision(self, basis_points: ByClass) -> int:
        return sum(provision(loan.outstanding, loan.cls, basis_points) for loan in self.loans)

    def risk(self) -> Fraction:
        """RPM in rupiah: 50 % of substandard, 75 % of doubtful, 100 % of loss."""
        return Fraction(sum(amount * RISK_WEIGHTS.of(cls) for cls, amount in self.by_class().items()), 100)

    def risk_ratio(self) -> Fraction:
        return self._part(self.risk())

    def non_performing_ratio(self) -> Fraction:
        return self._part(sum(loan.outstanding for loan in self.loans if loan.cls != Class.CURRENT))

    def at_risk_ratio(self, days: int) -> Fraction:
        """The part of all that is owed on loans more than `days` late: 30, 60 and 90 are usual."""
        return self._part(sum(loan.outstanding for loan in self.loans if loan.days_late > days))

    def _part(self, amount) -> Fraction:
        return Fraction(amount) / self.outstanding if self.outstanding else Fraction(0)
