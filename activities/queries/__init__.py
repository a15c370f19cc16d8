"""Answers of the activities, as at a date."""

from activities.queries.collecting import SheetRow, collection_sheet
from activities.queries.dues import OpenDues, dues_owed, dues_paid, open_dues, unpaid_dues
from activities.queries.meetings import attendance, attendance_of_everybody, attended, decisions_of, with_attendance

__all__ = [
    "OpenDues",
    "SheetRow",
    "attendance",
    "attendance_of_everybody",
    "attended",
    "collection_sheet",
    "decisions_of",
    "dues_owed",
    "dues_paid",
    "open_dues",
    "unpaid_dues",
    "with_attendance",
]
