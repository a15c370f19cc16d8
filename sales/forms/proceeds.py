"""What the member is paid."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from orders.forms.common import WayOfPayingForm


class ProceedsForm(WayOfPayingForm):
    amount = RupiahFormField(label=_("How much?"))
    on = PastDayField(label=_("Paid on"))

    field_order = ["amount", "method", "on"]
