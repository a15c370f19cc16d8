"""The shape of the minutes as they are typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class MinutesForm(Form):
    text = forms.CharField(
        label=_("Minutes"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What was discussed and agreed. Attendance, votes and decisions are added on the paper."),
    )
    number = forms.IntegerField(widget=forms.HiddenInput)
