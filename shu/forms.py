"""The decision that a distribution follows; how a share is paid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from governance.models import Decision
from ledger.channels import Channel


class BookForm(Form):
    decided_in = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Decision of the annual meeting"),
        help_text=_("Record the decision first, then choose it here."),
    )
    on = PastDayField(label=_("Booked on"))

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decided_in"].queryset = Decision.objects.filter(
            organ=Decision.Organ.ANNUAL_MEETING, decided_on__year__gt=year
        ).order_by("-decided_on")


class PayForm(Form):
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(channel.value, channel.label) for channel in (Channel.CASH, Channel.SAVINGS)],
        widget=forms.RadioSelect,
    )
    on = PastDayField(label=_("Paid on"))
