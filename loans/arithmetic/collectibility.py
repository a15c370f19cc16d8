"""The limits of the schemes by which a loan is classed, and the weights of the classes. Pure.

Two schemes are in use: the cooperatives' own (Kepmen Koperasi 194/KEP/M/IX/1998, repeated in Permen 20/2008 and
14/2009), which counts months of arrears and looks at the collateral, and one that counts days, as banks do. Both are
worked out for all loans in one statement, `loans/sql/collectibility.sql`; `tests/loans/collectibility.py` does the same
for one loan, and the tests hold them together.

"More than three months" begins on the day after the same day of the month three months later: a debt due on
12 January has passed three months on 13 April. So a debt of exactly three months is still in the better class, in every
limit of both schemes; the regulation leaves that open. docs/rules.md has the worked examples.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy


class Class(models.TextChoices):
    """From good to lost."""

    CURRENT = "current", pgettext_lazy("class of a loan", "current")
    SUBSTANDARD = "substandard", pgettext_lazy("class of a loan", "substandard")
    DOUBTFUL = "doubtful", pgettext_lazy("class of a loan", "doubtful")
    LOSS = "loss", pgettext_lazy("class of a loan", "loss")


TONES = {Class.CURRENT: "leaf", Class.SUBSTANDARD: "amber", Class.DOUBTFUL: "amber", Class.LOSS: "brick"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Months of arrears: after `current_until` a loan is substandard, after `substandard_until` it is worse."""

    current_until: int
    substandard_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperativeScheme:
    """The limits of the regulation. A doubtful loan that is not settled within `doubtful_months` is a loss: 21 in one

    text of the annex, 12 in another, so it is a setting.
    """

    principal_under_a_month: Limits = Limits(1, 2)
    principal_under_six_months: Limits = Limits(3, 6)
    principal_longer: Limits = Limits(6, 12)
    interest_under_a_month: Limits = Limits(1, 3)
    interest_longer: Limits = Limits(3, 6)
    without_instalments: Limits = Limits(0, 3)
    doubtful_months: int = 21
    rescuable_percent: int = 75
    lost_percent: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ByClass:
    """A figure for every class, such as the provision in basis points."""

    current: int
    substandard: int
    doubtful: int
    loss: int

    def of(self, cls: Class) -> int:
        return getattr(self, cls.value)


RISK_WEIGHTS = ByClass(current=0, substandard=50, doubtful=75, loss=100)
"""Percent of each class in the risk of the loans, RPM (Permen 14/2009)."""
