"""Who holds office, what was decided, the shape of every rule members decide, and what follows when one is broken."""

from governance.models.cases import Case, CaseStep
from governance.models.deciding import (
    LONGEST_TERM_YEARS,
    Decision,
    LastPossibleEnd,
    Office,
    RulesPart,
    Term,
    VersionedRules,
)

__all__ = [
    "LONGEST_TERM_YEARS",
    "Case",
    "CaseStep",
    "Decision",
    "LastPossibleEnd",
    "Office",
    "RulesPart",
    "Term",
    "VersionedRules",
]
