"""Input of a repayment."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.channels import RECEIVING, Channel
from loans.forms.common import channels


class RepaymentForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    on = PastDayField(label=_("Received on"))
    through = channels(*RECEIVING, Channel.SAVINGS)


class PayOffForm(Form):
    through = channels(*RECEIVING, Channel.SAVINGS)
