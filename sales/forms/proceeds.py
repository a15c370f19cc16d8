"""What the member is paid."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from ledger.forms.common import AmountField
from orders.forms.common import WayOfPayingForm


class ProceedsForm(WayOfPayingForm):
    amount = AmountField(of="proceeds:%:paid", label=_("How much?"))
    on = PastDayField(label=_("Paid on"))

    field_order = ["amount", "method", "on"]
