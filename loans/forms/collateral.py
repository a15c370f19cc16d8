"""Input of collateral and of its valuation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahFormField
from core.forms import Form
from core.uploads import PaperField
from loans.models import Collateral


class CollateralForm(Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=Collateral.Kind)
    description = forms.CharField(
        label=_("Description"), max_length=200, help_text=_("Number of the paper, make and year, where it stands.")
    )
    value_estimated = RupiahFormField(label=_("What is it worth?"))
    paper = PaperField(
        label=_("Photo of the paper or the thing"),
        required=False,
        help_text=_("A photo or a PDF. Only you and the officers see it."),
    )


class ValuationForm(Form):
    value_counted = RupiahFormField(
        label=_("Counted value"), minimum=0, help_text=_("How much of it would cover the loan; 0 counts nothing.")
    )
