"""Who holds office, what was decided, the shape of every rule members decide, and what follows when one is broken."""

from governance.models.cases import Case, CaseStep
from governance.models.ceilings import LegalCeilings
from governance.models.deciding import (
    Decision,
    Office,
    RulesPart,
    Term,
    VersionedRules,
)
from governance.models.ladder import Ladder, LadderRules, Letter
from governance.models.proposing import RulesProposal

__all__ = [
    "Case",
    "CaseStep",
    "Decision",
    "Ladder",
    "LadderRules",
    "LegalCeilings",
    "Letter",
    "Office",
    "RulesPart",
    "RulesProposal",
    "Term",
    "VersionedRules",
]
