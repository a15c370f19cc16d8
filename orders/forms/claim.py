"""Taking a part of an offer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import QuantityField
from core.forms import Form


class ClaimForm(Form):
    """`insist` appears only where there is something to insist on."""

    quantity = QuantityField(label=_("How many do you take?"))
    insist = forms.BooleanField(label=_("I take it all the same"), required=False)

    def __init__(self, *args, warned=False, members=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not warned and "insist" not in self.data:
            self.fields["insist"].widget = forms.HiddenInput()
        if members is not None:
            self.fields["member"] = forms.ModelChoiceField(label=_("For"), queryset=members)

    def ask_to_insist(self):
        """Show the box that was hidden until there was a warning."""
        self.fields["insist"].widget = forms.CheckboxInput()
