"""What people do here: meet, record decisions, elect, propose rules and put them in force, open cases.

Cases and letters have their verbs in `governance.services.case` and `.letter`, the ladder in `.ladder`.
"""

from governance.errors import CaseRefused, GovernanceRefused
from governance.services.agenda import fill_agenda
from governance.services.attendance import record_attendance
from governance.services.case import open_case
from governance.services.decision import from_agenda_item, record_decision, require
from governance.services.meeting import hold_meeting, plan_next
from governance.services.minutes import write_minutes
from governance.services.office import confirm_election, elect, end_term, follow_offices
from governance.services.proposal import propose, put_proposal_in_force, reject_proposal, withdraw_proposal
from governance.services.rules import put_in_force
