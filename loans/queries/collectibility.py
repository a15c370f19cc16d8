"""How good the loans of the house are on a day: the class of each, what is set aside, and the ratios that boards watch.

The classes of all loans are worked out in one statement (`loans/sql/collectibility.sql`), which agrees
with `loans.arithmetic.collectibility`; tests hold them together. Only what the month-end run booked is stored.
"""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import sql
from loans.arithmetic.collectibility import RISK_WEIGHTS, TONES, Class
from loans.models import CollectibilityRules


def parameters(rules: CollectibilityRules, *, as_of: datetime.date) -> dict:
    """What `loans/sql/collectibility.sql` asks for."""
    scheme = rules.cooperative_scheme
    limits = {
        "once": scheme.without_instalments,
        "principal_short": scheme.principal_under_a_month,
        "principal": scheme.principal_under_six_months,
        "principal_long": scheme.principal_longer,
        "interest_short": scheme.interest_under_a_month,
        "interest": scheme.interest_longer,
    }
    return {
        "as_of": as_of,
        "loans": None,
        "only_due": False,
        "scheme": rules.scheme,
        "rescuable_percent": scheme.rescuable_percent,
        "lost_percent": scheme.lost_percent,
        **{
            name: getattr(rules, name)
            for name in (
                "doubtful_months",
                "current_until",
                "substandard_until",
                "doubtful_until",
                "current_bp",
                "substandard_bp",
                "doubtful_bp",
                "loss_bp",
            )
        },
        **{f"{name}_current": limit.current_until for name, limit in limits.items()},
        **{f"{name}_substandard": limit.substandard_until for name, limit in limits.items()},
    }


@dataclass(frozen=True)
class ClassedLoan:
    """A running loan on a day with its class. `owed` is the principal and the interest that is late."""

    loan_id: int
    number: str
    loan_principal: int
    member_id: int
    name: str
    product: str
    outstanding: int
    overdue: int
    instalments: int
    first_due_on: datetime.date | None
    days: int
    period_months: int | None
    principal_since: datetime.date | None
    interest_since: datetime.date | None
    owed: int
    collateral: int
    rescuable: bool
    in_court: bool
    cls: Class
    provision: int

    @property
    def is_bad(self) -> bool:
        return self.cls != Class.CURRENT

    @property
    def label(self) -> str:
        return self.cls.label

    @property
    def tone(self) -> str:
        return TONES[self.cls]


def classed(rules: CollectibilityRules, *, as_of: datetime.date, only: str = "") -> list[ClassedLoan]:
    """Every running loan on `as_of` with its class under `rules`, the longest late first; `only` those of one class.

    One query.
    """
    found = sql.rows("loans/sql/collectibility_list.sql", only=only, **parameters(rules, as_of=as_of))
    return [ClassedLoan(**row._asdict() | {"cls": Class(row.cls)}) for row in found]


@dataclass(frozen=True)
class ClassSums:
    """All loans of one class."""

    cls: Class
    loans: int
    outstanding: int
    provision: int
    over: tuple[int, int, int]
    """What is owed on loans more than 30, 60 and 90 days late."""

    @property
    def label(self) -> str:
        return self.cls.label

    @property
    def tone(self) -> str:
        return TONES[self.cls]


LATE_DAYS = (30, 60, 90)
"""After how many days late a loan counts as at risk."""


NON_PERFORMING_SCORES = [
    (Fraction(5, 100), "leaf", _("healthy")),
    (Fraction(10, 100), "amber", _("fairly healthy")),
    (Fraction(15, 100), "amber", _("less healthy")),
]
"""Until which part of all loans the non-performing ones are how healthy (Juknis Deputi 15/2021); beyond: not healthy.

Exactly 5, 10 and 15 percent belong to the better score.
"""


@dataclass(frozen=True)
class Portfolio:
    """All running loans on a day, as sums by class; every class has its row. Ratios are exact parts of one."""

    as_of: datetime.date
    classes: list[ClassSums]

    @property
    def loans(self) -> int:
        return sum(row.loans for row in self.classes)

    @property
    def outstanding(self) -> int:
        return sum(row.outstanding for row in self.classes)

    @property
    def provision(self) -> int:
        return sum(row.provision for row in self.classes)

    @property
    def non_performing(self) -> int:
        return sum(row.outstanding for row in self.classes if row.cls != Class.CURRENT)

    @property
    def non_performing_ratio(self) -> Fraction:
        return self._part(self.non_performing)

    @property
    def score(self) -> tuple[str, str]:
        """Tone and word for the ratio of non-performing loans."""
        for limit, tone, word in NON_PERFORMING_SCORES:
            if self.non_performing_ratio <= limit:
                return tone, str(word)
        return "brick", gettext("not healthy")

    @property
    def risk(self) -> Fraction:
        """RPM in rupiah: 50 % of substandard, 75 % of doubtful, 100 % of loss (Permen 14/2009)."""
        weights = RISK_WEIGHTS
        return Fraction(sum(row.outstanding * weights.of(row.cls) for row in self.classes), 100)

    @property
    def risk_ratio(self) -> Fraction:
        return self._part(self.risk)

    @property
    def at_risk(self) -> list[tuple[int, int, Fraction]]:
        """For 30, 60 and 90 days: what is owed on loans later than that, and which part of all it is."""
        sums = [sum(row.over[index] for row in self.classes) for index in range(len(LATE_DAYS))]
        return [(days, amount, self._part(amount)) for days, amount in zip(LATE_DAYS, sums, strict=True)]

    def _part(self, amount) -> Fraction:
        return Fraction(amount) / self.outstanding if self.outstanding else Fraction(0)


def portfolio(rules: CollectibilityRules, *, as_of: datetime.date) -> Portfolio:
    """The sums of every class on `as_of` under `rules`. One query."""
    found = {
        row.cls: row[1:] for row in sql.rows("loans/sql/collectibility_sums.sql", **parameters(rules, as_of=as_of))
    }
    classes = []
    for cls in Class:
        loans, outstanding, provision, *over = found.get(cls.value, (0, 0, 0, 0, 0, 0))
        classes.append(ClassSums(cls, loans, outstanding, provision, tuple(over)))
    return Portfolio(as_of, classes)
