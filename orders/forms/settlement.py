"""Paying for what was delivered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from ledger.channels import RECEIVING, Channel
from orders.forms.common import WayOfPayingForm


class SettleForm(WayOfPayingForm):
    """Officers receive it in any way; the holder of the order can only record a direct payment."""

    into_savings = forms.BooleanField(label=_("Straight into the maker's voluntary savings"), required=False)
    on = PastDayField(label=_("Paid on"))

    def __init__(self, *args, handles_money, **kwargs):
        super().__init__(*args, methods=[*RECEIVING, Channel.DIRECT] if handles_money else [Channel.DIRECT], **kwargs)
        if not handles_money:
            del self.fields["into_savings"]


class PayOutForm(WayOfPayingForm):
    on = PastDayField(label=_("Received on"))
