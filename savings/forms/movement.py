"""Shapes of input for a passbook: a deposit, a withdrawal, and what to look for in it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField
from core.forms import Form
from ledger.channels import RECEIVING
from ledger.forms.common import AmountField
from ledger.models import Unit
from savings.models import Movement
from treasury.forms.common import ChannelField


class PassbookFilter(forms.Form):
    """Which pages of the passbook to show; read by `core.forms` parts like a FilterSet (`filter.form`)."""

    kind = forms.ChoiceField(
        label=_("Kind of savings"), choices=[("", _("all kinds")), *Movement.Kind.choices], required=False
    )
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    @property
    def form(self):
        return self

    def chosen(self, movements: list[Movement]) -> list[Movement]:
        """Those of `movements` that were asked for; a value that makes no sense asks for nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        return [
            movement
            for movement in movements
            if (not wanted.get("kind") or movement.kind == wanted["kind"])
            and (not wanted.get("first") or movement.on >= wanted["first"])
            and (not wanted.get("last") or movement.on <= wanted["last"])
        ]


class DepositForm(Form):
    """Principal savings are offered only while some of them are missing."""

    kind = forms.ChoiceField(label=_("Kind of savings"), widget=forms.RadioSelect)
    amount = AmountField(of="savings:%:deposit", label=_("Amount"))
    channel = ChannelField(offered=RECEIVING, unit=Unit.USP)
    on = PastDayField(label=_("Received on"))

    def __init__(self, *args, principal_is_paid, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, capfirst(kind.label))
            for kind in Movement.Kind
            if kind != Movement.Kind.TERM and not (principal_is_paid and kind == Movement.Kind.PRINCIPAL)
        ]


class JoinForm(Form):
    """When the first savings came, and how."""

    channel = ChannelField(offered=RECEIVING, unit=Unit.USP)
    on = PastDayField(label=_("Received on"))


class WithdrawalForm(Form):
    amount = AmountField(of="savings:%:withdrawal", label=_("Amount"))
    channel = ChannelField(unit=Unit.USP)
    on = PastDayField(label=_("Paid out on"))
