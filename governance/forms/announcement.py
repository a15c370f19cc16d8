"""Form of an announcement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class AnnouncementForm(Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 6}))
