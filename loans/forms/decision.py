"""Input of a visit and of a refusal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form


class SurveyForm(Form):
    visited_on = PastDayField(label=_("Visited on"))
    seen = forms.CharField(
        label=_("What did you see?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Workshop, stock, orders at hand, what the money will buy. The borrower can read it."),
    )


class RefusalForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The borrower will read it."),
    )
