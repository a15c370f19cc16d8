"""Meetings and who came, dues, visits. Money is booked in the general unit."""

from activities.services.collecting import Collected, collect
from activities.services.common import ActivityRefused, span
from activities.services.dues import MONTHS_AHEAD, collect_dues, reverse_dues
from activities.services.meetings import hold_meeting, record_attendance, write_minutes
from activities.services.visits import record_visit

__all__ = [
    "MONTHS_AHEAD",
    "ActivityRefused",
    "Collected",
    "collect",
    "collect_dues",
    "hold_meeting",
    "record_attendance",
    "record_visit",
    "reverse_dues",
    "span",
    "write_minutes",
]
