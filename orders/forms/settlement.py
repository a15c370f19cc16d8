"""Paying for what was delivered."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from orders.forms.common import WayOfPayingForm


class SettleForm(WayOfPayingForm):
    """Officers choose the way; the holder of the order can only note a direct payment."""

    on = PastDayField(label=_("Paid on"))


class PayOutForm(SettleForm):
    on = PastDayField(label=_("Received on"))
