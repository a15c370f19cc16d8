"""Shape of input: the tax of a month paid to the State."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from ledger.models import Unit
from treasury.forms.common import ChannelField


class PayTaxForm(Form):
    channel = ChannelField(unit=Unit.USP)
    on = PastDayField(label=_("Handed over on"))
    state_number = forms.CharField(
        label=_("Number of the State's receipt (NTPN)"),
        max_length=30,
        required=False,
        help_text=_("As on the proof of payment."),
    )
