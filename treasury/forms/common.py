"""How money is paid, as every form that moves money asks for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.dates import today
from ledger.channels import ACCOUNTS, PAYING, Channel, Way
from treasury.queries.bank_account import open_accounts


class ChannelField(forms.ChoiceField):
    """Cash, one of the open bank accounts of the unit, and whatever else of `offered`. The value is a `Way`.

    Where the unit has several bank accounts each is a choice of its own; what a service stores stays the channel.
    """

    def __init__(self, *, offered=PAYING, unit="", **kwargs):
        self.offered = [Channel(each) for each in offered]
        self.unit = unit
        kwargs.setdefault("label", pgettext_lazy("channel", "way of paying"))
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("initial", self.offered[0].value)
        super().__init__(choices=self._choices, **kwargs)

    def _choices(self):
        banks = open_accounts(as_of=today(), unit=self.unit) if Channel.BANK in self.offered else []
        for channel in self.offered:
            if channel == Channel.BANK and banks:
                for bank in banks:
                    yield f"bank:{bank.account.code}", f"{channel.label}: {bank}"
            else:
                yield channel.value, channel.label

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        name, _colon, code = value.partition(":")
        channel = Channel(name)
        return Way(channel, code or ACCOUNTS.get(channel, ""))

    def valid_value(self, value):
        """`bank` alone, as a template or an old page has it, is no choice where bank accounts are told apart."""
        if super().valid_value(value):
            return True
        if value == Channel.BANK.value and Channel.BANK in self.offered:
            raise ValidationError(_("Choose the bank account."), code="invalid_choice")
        return False
