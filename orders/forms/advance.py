"""Money ahead or back."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from orders.forms.common import WayOfPayingForm


class MoneyForm(WayOfPayingForm):
    """Money ahead or back. Members only note what they paid directly."""

    amount = RupiahFormField(label=_("Amount"))
    on = PastDayField(label=_("Paid on"))

    field_order = ["amount", "method", "on"]
