"""Buying together: who needs what, and what suppliers ask for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, QuantityField, RupiahFormField
from core.forms import Form
from members.models import Member, Partner
from stock.forms.movement import MaterialField


class OpenForm(Form):
    purpose = forms.CharField(
        label=_("What for"),
        max_length=160,
        help_text=_("In one line, for example: leather for the orders of December."),
    )
    needed_on = DayField(label=_("Needed on"))


class JoinForm(Form):
    """A member wants so much, in the material's own unit. Officers say for whom."""

    member = forms.ModelChoiceField(label=_("For"), queryset=Member.objects.none())
    item = MaterialField(label=_("Material"))
    quantity = QuantityField(
        label=_("How much"), minimum=0, help_text=_("In the unit of the material; 0 withdraws it.")
    )

    def __init__(self, *args, own: Member | None, members, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        field.queryset = members
        if own:
            field.queryset = members.filter(pk=own.pk)
            field.initial, field.widget = own.pk, forms.HiddenInput()


class QuoteForm(Form):
    supplier = forms.ModelChoiceField(
        label=_("Supplier"), queryset=Partner.objects.filter(kind=Partner.Kind.SUPPLIER).order_by("name")
    )
    item = MaterialField(label=_("Material"))
    price = RupiahFormField(label=_("Price asked for one"))

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
