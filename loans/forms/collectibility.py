"""Input of an assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class AssessmentForm(Form):
    rescuable = forms.TypedChoiceField(
        label=_("Can the loan be rescued?"),
        choices=[("yes", _("yes, it can be rescued")), ("no", _("no, only the collateral is left"))],
        coerce=lambda value: value == "yes",
    )
    in_court = forms.TypedChoiceField(
        label=_("Was the claim handed to a court or an insurer?"),
        choices=[("no", _("no")), ("yes", _("yes"))],
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("What was seen or talked over; it stands beside the assessment.")
    )
