"""The shape of a demand for an extraordinary meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class DemandForm(Form):
    title = forms.CharField(label=_("What the meeting should decide"), max_length=160)
    text = forms.CharField(label=_("Why it cannot wait"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
