"""How much a workshop lends."""

from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField, QuantityField
from core.forms import Form


class LimitForm(Form):
    at_most = QuantityField(label=_("How much do you lend at most?"), minimum=0, help_text=_("0: none of it."))
    from_on = DayField(label=_("From"), initial=dates.today)
