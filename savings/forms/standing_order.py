"""Shape of input: what the voluntary savings pay, and from which day of the month on."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from savings.models import StandingOrder


class StandingOrderForm(Form):
    purpose = forms.ChoiceField(
        label=_("What is paid"),
        choices=[(purpose.value, capfirst(purpose.label)) for purpose in StandingOrder.Purpose],
        widget=forms.RadioSelect,
    )
    day_of_month = forms.IntegerField(
        label=_("From which day of the month"),
        min_value=1,
        max_value=28,
        initial=12,
        help_text=_("What is due on that day or later in the month is paid once, if the savings hold it."),
    )
