"""What the maker's pay goes against."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahFormField
from core.forms import Form


class ConsentForm(Form):
    """What the maker's pay goes against; a part of an instalment will do, dues are whole months."""

    what = forms.ChoiceField(label=_("What it goes against"), widget=forms.RadioSelect)
    amount = RupiahFormField(
        label=_("How much"), required=False, help_text=_("Empty: all of it, as far as your pay goes.")
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = options
