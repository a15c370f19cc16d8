"""Handing to a neighbour and giving back."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField, PastDayField, QuantityField, RateFormField, RupiahFormField
from core.forms import Form
from members.models import Member
from pricing.models import Item
from stock.forms.moving import MeasuredForm
from stock.models import StockLoan, StockReturn


class LendForm(MeasuredForm):
    """Who hands what to whom. A member stands on one side already and chooses only the neighbour."""

    lender = forms.ModelChoiceField(label=_("Who lends"), queryset=Member.objects.none())
    borrower = forms.ModelChoiceField(label=_("Who borrows"), queryset=Member.objects.none())
    agreed = forms.ChoiceField(label=_("Agreed"), choices=StockLoan.Settled, widget=forms.RadioSelect)
    due_on = DayField(label=_("On which day"))
    price = RupiahFormField(
        label=_("Agreed price for one"),
        required=False,
        help_text=_("Empty: the agreed list price. It counts when it is paid instead of given back."),
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


class GiveBackForm(MeasuredForm):
    quantity = QuantityField(label=_("How much comes back?"))
    way = forms.ChoiceField(
        label=_("How"), choices=StockReturn.Way, widget=forms.RadioSelect, initial=StockReturn.Way.GOODS
    )
    on = PastDayField(label=_("Given back on"))

    field_order = ["quantity", "unit", "way", "on"]


class OnForm(Form):
    on = PastDayField(label=_("Date"))


class WhyForm(Form):
    reason = forms.CharField(label=_("Why not?"), max_length=200)


class UndoForm(Form):
    reason = forms.CharField(label=_("What was wrong?"), max_length=200)
    on = PastDayField(label=_("Reversed on"))


class LimitForm(Form):
    at_most = QuantityField(label=_("How much do you lend at most?"), minimum=0, help_text=_("0: nothing of it."))
    from_on = DayField(label=_("From"), initial=dates.today)


class BillForm(Form):
    material = forms.ModelChoiceField(
        label=_("Material"),
        queryset=Item.objects.active().filter(kind=Item.Kind.MATERIAL).order_by("name"),
        empty_label=_("choose a material"),
    )
    quantity = QuantityField(label=_("How much for one"))
    waste_bp = RateFormField(label=_("Waste in cutting"), required=False, help_text=_("In percent of what goes in."))

    @property
    def facts(self):
        return super().facts | {"waste_bp": self.cleaned_data["waste_bp"] or 0}
