"""Fields that several forms of this book share."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import PastDayField
from core.forms import Form
from ledger.models import Unit
from treasury.forms.common import ChannelField


class OnForm(Form):
    on = PastDayField(label=_("On"))


class WayOfPayingForm(Form):
    """The ways of paying this person may choose from; a single one is not asked for."""

    method = ChannelField(unit=Unit.UMUM)

    def __init__(self, *args, methods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"] = ChannelField(
            offered=methods, unit=Unit.UMUM, label=pgettext_lazy("channel", "way of paying")
        )
        if len(methods) == 1 and not methods[0].makes_receipt:
            self.fields["method"].widget = forms.HiddenInput()
