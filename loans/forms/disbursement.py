"""Input of a disbursement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField
from core.forms import Form
from loans.models import Loan

PAID_OUT = [
    (Loan.Through.CASH, _("in cash")),
    (Loan.Through.BANK, _("by bank")),
    (Loan.Through.SAVINGS, _("into the voluntary savings")),
]


class DisbursementForm(Form):
    on = PastDayField(label=_("Disbursed on"))
    first_due_on = DayField(label=_("First instalment on"), required=False, help_text=_("Empty: one period later."))
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_OUT, initial=Loan.Through.CASH)
