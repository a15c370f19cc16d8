"""Giving back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from stock.forms.movement import MeasuredForm
from stock.models import StockReturn


class GiveBackForm(MeasuredForm):
    quantity = QuantityField(label=_("How much comes back?"))
    way = forms.ChoiceField(
        label=_("How"), choices=StockReturn.Way, widget=forms.RadioSelect, initial=StockReturn.Way.GOODS
    )
    on = PastDayField(label=_("Given back on"))

    field_order = ["quantity", "unit", "way", "on"]
