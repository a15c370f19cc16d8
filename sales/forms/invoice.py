"""When the invoice is written."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form


class InvoiceForm(Form):
    on = PastDayField(label=_("Invoiced on"))
