"""Asking for a part of an offer that is shared, and giving one."""

from django.utils.translation import gettext_lazy as _

from core.fields import QuantityField
from core.forms import Form
from orders.forms.claim import ClaimForm


class AskForm(ClaimForm):
    quantity = QuantityField(label=_("How many would you take at most?"))


class AcceptForm(Form):
    quantity = QuantityField(label=_("How many do you give?"))
