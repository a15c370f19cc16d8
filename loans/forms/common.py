"""Forms that several subjects of a loan share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField
from core.forms import Form
from ledger.channels import Channel
from ledger.models import Unit
from treasury.forms.common import ChannelField


def channels(*offered: Channel, **options) -> ChannelField:
    """Which way the money takes, each bank account of its own; cash unless something else is chosen."""
    return ChannelField(offered=offered, unit=Unit.USP, **{"label": _("Paid")} | options)


class AsOfForm(forms.Form):
    """The day a question is asked for; today when none is given or the value makes no sense."""

    as_of = DayField(label=_("As at"), required=False)

    @property
    def day(self):
        return (self.is_valid() and self.cleaned_data["as_of"]) or today()

    @classmethod
    def asked(cls, query):
        return cls(query if query.get("as_of") else {"as_of": today().isoformat()})


class CarryOutForm(Form):
    on = PastDayField(label=_("On"))
