"""Which month."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import month_name


class MonthForm(forms.Form):
    """The months there are books for, newest first. What is not among them falls back to the newest."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=lambda text: datetime.date.fromisoformat(f"{text}-01"))

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months
        self.fields["month"].choices = [(f"{month:%Y-%m}", month_name(month)) for month in months]
        self.fields["month"].error_messages["invalid_choice"] = _("There are no books for this month. Choose another.")
