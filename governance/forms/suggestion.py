"""Forms of a suggestion and its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class SuggestionForm(Form):
    text = forms.CharField(
        label=_("What do you suggest, or what should be better?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The board reads it and answers. Other members do not read it."),
    )


class SuggestionAnswerForm(Form):
    answer = forms.CharField(label=_("Answer"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))
