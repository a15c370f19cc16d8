"""Fields that several forms of this book share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form


class OnForm(Form):
    on = PastDayField(label=_("On"))


class WayOfPayingForm(Form):
    """The ways of paying this person may choose from; a single one is not asked for."""

    method = forms.ChoiceField(label=_("Way of paying"), widget=forms.RadioSelect)

    def __init__(self, *args, methods, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        field.choices = [(method.value, method.label) for method in methods]
        if len(methods) == 1:
            field.initial, field.widget = methods[0].value, forms.HiddenInput()
