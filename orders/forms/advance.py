"""Money ahead or back."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from ledger.channels import PAYING, RECEIVING, Channel
from ledger.models import Unit
from orders.forms.common import WayOfPayingForm
from treasury.forms.common import ChannelField


class MoneyForm(WayOfPayingForm):
    """Money ahead or back. Members only record what they paid directly; officers receive it and hand it on."""

    amount = RupiahFormField(label=_("Amount"))
    handed = ChannelField(label=_("Handed on"), unit=Unit.UMUM, offered=PAYING, required=False)
    on = PastDayField(label=_("Paid on"))

    field_order = ["amount", "method", "handed", "on"]

    def __init__(self, *args, handles_money, **kwargs):
        super().__init__(*args, methods=[*RECEIVING, Channel.DIRECT] if handles_money else [Channel.DIRECT], **kwargs)
        if not handles_money:
            del self.fields["handed"]
