"""Shape of input: how much is blocked, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form


class BlockForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    reason = forms.CharField(
        label=_("Reason"), max_length=150, help_text=_("The member will read it. Say what it waits for.")
    )
    on = PastDayField(label=_("Blocked from"))
