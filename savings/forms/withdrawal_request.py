"""Shapes of input: a withdrawal request, and what to look for in the list."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField, RupiahFormField
from core.forms import Form
from ledger.channels import PAYING, Channel
from ledger.models import Unit
from savings.models import WithdrawalRequest
from treasury.forms.common import ChannelField


class WithdrawalRequestFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(field_name="member__name", lookup_expr="icontains", label=_("Name"))
    state = django_filters.ChoiceFilter(
        method="standing",
        label=_("State"),
        empty_label=_("all"),
        choices=[
            (state.value, state.label) for state in (WithdrawalRequest.State.TO_APPROVE, WithdrawalRequest.State.TO_PAY)
        ],
    )

    class Meta:
        model = WithdrawalRequest
        fields = []

    def standing(self, rows, name, value):
        return getattr(rows, value)(as_of=today())


class RequestForm(Form):
    amount = RupiahFormField(label=_("How much"))
    wanted_on = DayField(label=_("When"), initial=today, help_text=_("The day you want to have the money."))
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(channel.value, channel.label) for channel in PAYING],
        widget=forms.RadioSelect,
        initial=Channel.CASH,
    )
    account = forms.CharField(
        label=_("Bank and account number"),
        max_length=80,
        required=False,
        help_text=_("Only for a bank transfer."),
    )


class PayForm(Form):
    """The day, and from which of the bank accounts where the member wants a transfer."""

    channel = ChannelField(unit=Unit.USP)
    on = PastDayField(label=_("Paid out on"))

    def __init__(self, *args, wanted, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"] = ChannelField(offered=[Channel(wanted)], unit=Unit.USP)
