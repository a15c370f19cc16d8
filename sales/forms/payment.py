"""What the buyer pays, and gets back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.channels import PAYING, RECEIVING
from ledger.models import Unit
from treasury.forms.common import ChannelField


class BuyerPaymentForm(Form):
    """Money of the cooperative goes through one of its accounts; where the member sells, only the way is recorded."""

    amount = RupiahFormField(label=_("How much?"))
    method = forms.ChoiceField(label=_("Way of paying"), widget=forms.RadioSelect)
    on = PastDayField(label=_("Paid on"))

    def __init__(self, *args, order, goes_out, **kwargs):
        super().__init__(*args, **kwargs)
        offered = PAYING if goes_out else RECEIVING
        if order.is_sold_by_cooperative:
            self.fields["method"] = ChannelField(offered=offered, unit=Unit.UMUM)
        else:
            self.fields["method"].choices = [(way.value, way.label) for way in offered]
            self.fields["method"].initial = offered[0].value
