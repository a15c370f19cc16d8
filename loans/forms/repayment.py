"""Input of a repayment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from loans.models import Loan

PAID_BACK = [
    (Loan.Through.CASH, _("in cash")),
    (Loan.Through.BANK, _("by bank")),
    (Loan.Through.SAVINGS, _("from the voluntary savings")),
]


class RepaymentForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    on = PastDayField(label=_("Received on"))
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_BACK, initial=Loan.Through.CASH)


class PayOffForm(Form):
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_BACK, initial=Loan.Through.CASH)
