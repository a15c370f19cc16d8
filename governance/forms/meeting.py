"""The shape of what people type about meetings."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from governance.models import Meeting


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


class MeetingForm(Form):
    on = PastDayField(label=_("Held on"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind)
    place = forms.CharField(label=_("Place"), max_length=120)


class MinutesForm(Form):
    place = forms.CharField(label=_("Place"), max_length=120)
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("What was discussed and agreed. Decisions are recorded separately."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
