"""Handing to a neighbour."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField, RupiahFormField
from members.models import Member
from pricing.models import Item
from stock.forms.movement import MeasuredForm
from stock.models import StockLoan


class LendForm(MeasuredForm):
    """Who hands what to whom. A member stands on one side already and chooses only the neighbour."""

    lender = forms.ModelChoiceField(label=_("Who lends"), queryset=Member.objects.none())
    borrower = forms.ModelChoiceField(label=_("Who borrows"), queryset=Member.objects.none())
    agreed = forms.ChoiceField(label=_("Agreed"), choices=StockLoan.Settled, widget=forms.RadioSelect)
    due_on = DayField(label=_("On which day"))
    price = RupiahFormField(
        label=_("Agreed price for one"),
        required=False,
        help_text=_("Left empty it is the agreed list price. It counts when it is paid instead of given back."),
    )
    handed_on = PastDayField(label=_("Handed over on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    field_order = ["lender", "borrower", "quantity", "unit", "agreed", "due_on", "price", "handed_on", "note"]

    def __init__(self, *args, item: Item, own: Member | None, side: str, as_of: datetime.date, **kwargs):
        super().__init__(*args, item=item, **kwargs)
        members = Member.objects.entered(as_of=as_of).order_by("name")
        for name in ("lender", "borrower"):
            self.fields[name].queryset = members
        if own:
            other = "lender" if side == "borrower" else "borrower"
            self.fields[other].queryset = members.exclude(pk=own.pk)
            self.fields[side].initial, self.fields[side].widget = own.pk, forms.HiddenInput()
            self.fields[side].queryset = members.filter(pk=own.pk)
        if item.kind == Item.Kind.MATERIAL:
            del self.fields["agreed"], self.fields["due_on"]
