"""Asking for work."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.forms import Form


class FreeHandsForm(Form):
    until_on = DayField(label=_("My hands are free until"))
    pieces = forms.IntegerField(
        label=_("About how many pairs or pieces"), required=False, min_value=1, max_value=100_000
    )
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("What you like to make, or can make best.")
    )


def proposed(on: datetime.date) -> dict:
    return {"until_on": on + datetime.timedelta(days=14)}
