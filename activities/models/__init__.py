"""Meetings, dues, solidarity, empowerment."""

from activities.models.dues import DuesPayment, DuesRules
from activities.models.meetings import Attendance, Meeting
from activities.models.programmes import Aid, Participant, Programme, ProgrammeExpense
from activities.models.visits import Visit

__all__ = [
    "Aid",
    "Attendance",
    "DuesPayment",
    "DuesRules",
    "Meeting",
    "Participant",
    "Programme",
    "ProgrammeExpense",
    "Visit",
]
