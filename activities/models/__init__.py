"""Meetings, dues, solidarity."""

from activities.models.dues import DuesPayment, DuesRules
from activities.models.meetings import Attendance, Meeting
from activities.models.visits import Visit

__all__ = ["Attendance", "DuesPayment", "DuesRules", "Meeting", "Visit"]
