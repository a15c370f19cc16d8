"""What the buyer pays."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.channels import RECEIVING


class BuyerPaymentForm(Form):
    amount = RupiahFormField(label=_("How much?"))
    method = forms.ChoiceField(
        label=_("Way of paying"), choices=[(way.value, way.label) for way in RECEIVING], widget=forms.RadioSelect
    )
    on = PastDayField(label=_("Paid on"))
