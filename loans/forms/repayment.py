"""Input of a repayment."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from ledger.channels import RECEIVING, Channel
from ledger.forms.common import AmountField
from loans.forms.common import channels


class RepaymentForm(Form):
    amount = AmountField(of="repayment:%:received", label=_("Amount"))
    on = PastDayField(label=_("Received on"))
    through = channels(*RECEIVING, Channel.SAVINGS)


class PayOffForm(Form):
    through = channels(*RECEIVING, Channel.SAVINGS)
