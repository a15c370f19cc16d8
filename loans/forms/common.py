"""Forms that several subjects of a loan share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField
from core.forms import Form
from ledger.channels import Channel


def channels(*offered: Channel, **options) -> forms.ChoiceField:
    """Which way the money takes; cash unless something else is chosen."""
    options = {"label": _("Paid"), "initial": Channel.CASH} | options
    return forms.ChoiceField(choices=[(each.value, each.label) for each in offered], **options)


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
