"""“That is not right”: what is wrong, and what would be right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import QuantityField
from core.forms import Form


class ObjectionForm(Form):
    right = forms.CharField(
        label=_("What is right"), max_length=60, required=False, help_text=_("The figure, where you know it.")
    )
    reason = forms.CharField(label=_("What is not right?"), max_length=130)


class SentForm(Form):
    delivered = QuantityField(label=_("How many were really sent?"))
