"""Forms of a resolution of the board: proposing one, answering it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from governance.forms.common import AboutForm


class ResolutionForm(AboutForm):
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("In one line: what is to be decided."))
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The wording of the decision, as it will be kept."),
    )


class ResolutionAnswerForm(Form):
    agrees = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("A no says why; the board reads it.")
    )
