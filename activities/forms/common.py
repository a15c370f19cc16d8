"""What the forms of the activities share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Source
from ledger.models import Unit
from treasury.forms.common import ChannelField


def paying_field(**options) -> ChannelField:
    """How the general unit pays: cash or one of its bank accounts."""
    return ChannelField(unit=Unit.UMUM, **options)


def source_field(*offered: Source) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Paid from"),
        choices=[(each.value, each.label) for each in offered],
        widget=forms.RadioSelect,
        initial=offered[0].value,
    )
