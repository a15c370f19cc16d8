"""The shape of what people type about meetings."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField, PastDayField
from core.forms import Form
from governance.models import Decision, DecisionKind, Meeting


class MeetingFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(field_name="on__year", label=_("Year"), empty_label=_("all years"))
    kind = django_filters.ChoiceFilter(choices=Meeting.Kind, label=_("Kind"), empty_label=_("all kinds"))

    class Meta:
        model = Meeting
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = [day.year for day in Meeting.objects.dates("on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]


class TimeInput(forms.TimeInput):
    input_type = "time"


class PlanForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind, initial=Meeting.Kind.EXTRAORDINARY)
    on = DayField(label=_("Date"))
    starts_at = forms.TimeField(label=_("Begins at"), widget=TimeInput(format="%H:%M"), initial="19:30")
    place = forms.CharField(label=_("Place"), max_length=120)
    reason = forms.CharField(
        label=_("Why it is called"),
        max_length=300,
        required=False,
        help_text=_("Needed for an extraordinary meeting; it stands in the invitation."),
    )


class MeetingForm(Form):
    """A meeting that was held without the system, written down afterwards."""

    on = PastDayField(label=_("Held on"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind)
    place = forms.CharField(label=_("Place"), max_length=120)


class MoveForm(Form):
    to = DayField(label=_("New date"))
    place = forms.CharField(label=_("Place"), max_length=120)
    decided_in = forms.ModelChoiceField(
        label=_("Decided in"),
        queryset=Decision.objects.none(),
        help_text=_("The decision of the board about this meeting."),
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, initial={"to": meeting.on, "place": meeting.place}, **kwargs)
        about = Q(subject_type="governance.meeting", subject_id=meeting.pk)
        self.fields["decided_in"].queryset = Decision.objects.filter(about, kind=DecisionKind.MEETING).order_by("-pk")


class SecondForm(Form):
    on = DayField(label=_("Date of the second meeting"))


class CallForm(Form):
    """When and where the meeting that members demand takes place."""

    on = DayField(label=_("Date"))
    place = forms.CharField(label=_("Place"), max_length=120)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = dates.today
