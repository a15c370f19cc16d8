"""The decision that a distribution follows; how a share is paid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from governance.models import Decision, DecisionKind
from ledger.channels import PAYING, Channel
from ledger.models import Unit
from treasury.forms.common import ChannelField


class BookForm(Form):
    decided_in = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Decision of the annual meeting"),
        help_text=_("Record the decision first, then choose it here."),
    )
    on = PastDayField(label=_("Booked on"))

    def __init__(self, *args, distribution, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided_in"].queryset = Decision.objects.about(DecisionKind.SHU, distribution, on=on)


class PayForm(Form):
    channel = ChannelField(offered=[*PAYING, Channel.SAVINGS], unit=Unit.USP)
    on = PastDayField(label=_("Paid on"))
