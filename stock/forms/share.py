"""What a member pays for a share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.channels import Channel
from stock.models import JointPayment


class ShareForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    channel = forms.ChoiceField(
        label=_("How"),
        choices=JointPayment._meta.get_field("channel").choices,
        widget=forms.RadioSelect,
        initial=Channel.CASH,
    )
    on = PastDayField(label=_("Paid on"))
