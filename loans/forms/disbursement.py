"""Input of a disbursement."""

from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField
from core.forms import Form
from ledger.channels import PAYING, Channel
from loans.forms.common import channels


class DisbursementForm(Form):
    on = PastDayField(label=_("Disbursed on"))
    first_due_on = DayField(label=_("First instalment on"), required=False, help_text=_("Empty: one period later."))
    through = channels(*PAYING, Channel.SAVINGS)
