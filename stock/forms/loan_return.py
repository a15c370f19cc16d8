"""Giving back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form
from ledger.channels import RECEIVING
from ledger.models import Unit
from stock.forms.movement import MeasuredForm
from stock.models import StockReturn
from treasury.forms.common import ChannelField


class GiveBackForm(MeasuredForm):
    quantity = QuantityField(label=_("How much comes back?"))
    way = forms.ChoiceField(
        label=_("How"), choices=StockReturn.Way, widget=forms.RadioSelect, initial=StockReturn.Way.GOODS
    )
    on = PastDayField(label=_("Given back on"))

    field_order = ["quantity", "unit", "way", "on"]


class ReceiveMoneyForm(Form):
    """Money for lent material, at the treasurer's."""

    channel = ChannelField(offered=RECEIVING, unit=Unit.UMUM)
    on = PastDayField(label=_("Date"))
