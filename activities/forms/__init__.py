"""The shape of what people type about meetings, dues and visits."""

from activities.forms.collecting import CollectionForm
from activities.forms.dues import DuesForm, ReversalForm
from activities.forms.meetings import AttendanceForm, MeetingFilter, MeetingForm, MinutesForm
from activities.forms.programmes import AidForm, CancelForm, ExpenseForm, HoldForm, ProgrammeFilter, ProgrammeForm
from activities.forms.visits import VisitForm

__all__ = [
    "AidForm",
    "AttendanceForm",
    "CancelForm",
    "CollectionForm",
    "DuesForm",
    "ExpenseForm",
    "HoldForm",
    "MeetingFilter",
    "MeetingForm",
    "MinutesForm",
    "ProgrammeFilter",
    "ProgrammeForm",
    "ReversalForm",
    "VisitForm",
]
