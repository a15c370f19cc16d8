"""The shape of what people type about meetings, dues and visits."""

from activities.forms.collecting import CollectionForm
from activities.forms.dues import DuesForm, ReversalForm
from activities.forms.meetings import AttendanceForm, MeetingFilter, MeetingForm, MinutesForm
from activities.forms.visits import VisitForm

__all__ = [
    "AttendanceForm",
    "CollectionForm",
    "DuesForm",
    "MeetingFilter",
    "MeetingForm",
    "MinutesForm",
    "ReversalForm",
    "VisitForm",
]
