"""Sending and counting finished work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form


class DeliverForm(Form):
    delivered = QuantityField(label=_("How many do you send?"))
    on = PastDayField(label=_("Sent on"))


class ConfirmForm(Form):
    received = QuantityField(
        label=_("How many arrived?"), minimum=0, required=False, help_text=_("Empty: all that were sent.")
    )
    accepted = QuantityField(label=_("How many are good?"), minimum=0)
    rejection_reason = forms.CharField(
        label=_("What is wrong, or missing"),
        max_length=200,
        required=False,
        help_text=_("Only when some are not good."),
    )
    on = PastDayField(label=_("Counted on"))


class DisputeForm(Form):
    text = forms.CharField(label=_("What you do not agree on"), widget=forms.Textarea, max_length=2000)
