"""What people do in the house: decide, elect, put rules in force, and put right what was broken.

Cases have their verbs in `governance.services.cases`: `open_case`, `note_talk`, `agree`, `decide`, `restore`.
"""

from governance.refusals import CaseRefused, GovernanceRefused
from governance.services.cases import open_case
from governance.services.deciding import elect, end_term, put_in_force, record_decision
from governance.services.offices import confirm_election, follow_offices
from governance.services.proposing import propose, put_proposal_in_force, reject_proposal, withdraw_proposal

__all__ = [
    "CaseRefused",
    "GovernanceRefused",
    "confirm_election",
    "elect",
    "end_term",
    "follow_offices",
    "open_case",
    "propose",
    "put_in_force",
    "put_proposal_in_force",
    "record_decision",
    "reject_proposal",
    "withdraw_proposal",
]
