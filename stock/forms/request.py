"""Asking neighbours, and answering."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from pricing.models import Item
from stock.forms.loan import LendForm
from stock.forms.movement import MeasuredForm


class RequestForm(MeasuredForm):
    until_on = DayField(label=_("Needed until"))
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("Colour, thickness, size; when you can fetch it.")
    )


class YesForm(LendForm):
    """A loan of which both sides and the item are known."""

    def __init__(self, *args, item: Item, as_of: datetime.date, **kwargs):
        super().__init__(*args, item=item, own=None, side="lender", as_of=as_of, **kwargs)
        del self.fields["lender"], self.fields["borrower"]
