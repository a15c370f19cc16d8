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
    Without a `unit` those of both are offered, and the form asks `refuse_other_unit`.
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
                    yield self._bank(channel, bank)
            else:
                yield channel.value, channel.label

    def _bank(self, channel, bank):
        if self.unit:
            return f"bank:{bank.account.code}", f"{channel.label}: {bank}"
        return f"bank:{bank.account.code}:{bank.unit}", f"{channel.label}: {bank}, {bank.get_unit_display()}"

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return value
        name, code, unit = (*value.split(":"), "", "")[:3]
        channel = Channel(name)
        return Way(channel, code or ACCOUNTS.get(channel, ""), unit)

    def valid_value(self, value):
        """`bank` alone, as a template or an old page has it, is no choice where bank accounts are told apart."""
        if super().valid_value(value):
            return True
        if value == Channel.BANK.value and Channel.BANK in self.offered:
            raise ValidationError(_("Choose the bank account."), code="invalid_choice")
        return False


def refuse_other_unit(form, *, unit="unit", channel="channel") -> None:
    """A bank account pays for its own unit; for a form's `clean`."""
    way, chosen = form.cleaned_data.get(channel), form.cleaned_data.get(unit)
    if way and chosen and way.unit not in ("", chosen):
        form.add_error(channel, _("This bank account belongs to the other unit."))
