"""What people do in the house: decide, elect, put rules in force, and settle what was broken."""

from governance.services.deciding import GovernanceRefused, elect, end_term, put_in_force, record_decision

__all__ = ["GovernanceRefused", "elect", "end_term", "put_in_force", "record_decision"]
