"""Buying together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField, QuantityField, RupiahFormField
from core.forms import Form
from members.models import Member, Partner
from pricing.models import Item
from stock.models import JointPayment


class OpenForm(Form):
    purpose = forms.CharField(
        label=_("What for"), max_length=160, help_text=_("In one line, such as: leather for the orders of December.")
    )
    needed_on = DayField(label=_("Needed on"))


class JoinForm(Form):
    """A member wants so much, in the material's own unit. Officers say for whom."""

    member = forms.ModelChoiceField(label=_("For"), queryset=Member.objects.none())
    item = forms.ModelChoiceField(
        label=_("Material"),
        queryset=Item.objects.active().filter(kind=Item.Kind.MATERIAL).select_related("base_unit").order_by("name"),
        empty_label=_("choose a material"),
    )
    quantity = QuantityField(
        label=_("How much"), minimum=0, help_text=_("In the unit of the material; 0 takes it back.")
    )

    def __init__(self, *args, own: Member | None, members, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        field.queryset = members
        if own:
            field.queryset = members.filter(pk=own.pk)
            field.initial, field.widget = own.pk, forms.HiddenInput()
        self.fields["item"].label_from_instance = lambda item: f"{item} ({item.base_unit})"


class QuoteForm(Form):
    supplier = forms.ModelChoiceField(
        label=_("Supplier"), queryset=Partner.objects.filter(kind=Partner.Kind.SUPPLIER).order_by("name")
    )
    item = forms.ModelChoiceField(label=_("Material"), queryset=Item.objects.none())
    price = RupiahFormField(label=_("Price asked for one"))

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        field.queryset = items
        field.label_from_instance = lambda item: f"{item} ({item.base_unit})"


class ChooseForm(Form):
    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Partner.objects.none(), widget=forms.RadioSelect)
    on = PastDayField(label=_("Ordered on"))

    def __init__(self, *args, suppliers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = Partner.objects.filter(pk__in=suppliers).order_by("name")


class ReceiveForm(Form):
    """For each material what arrived and what the bill says for it; what did not arrive stays empty."""

    on = PastDayField(label=_("Received on"))

    def __init__(self, *args, wanted: dict, prices: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        for item, quantity in wanted.items():
            self.fields[f"quantity_{item.pk}"] = QuantityField(
                label=_("{item}: how many {unit} arrived").format(item=item, unit=item.base_unit),
                required=False,
                initial=quantity,
            )
            self.fields[f"cost_{item.pk}"] = RupiahFormField(
                label=_("{item}: cost on the bill, transport included").format(item=item),
                required=False,
                initial=prices.get(item),
            )

    def clean(self):
        for item in self.wanted:
            quantity, cost = (self.cleaned_data.get(f"{name}_{item.pk}") for name in ("quantity", "cost"))
            if bool(quantity) != bool(cost) and not self.errors:
                self.add_error(f"cost_{item.pk}", _("Fill in both, how much arrived and what it cost, or neither."))
        return self.cleaned_data

    @property
    def facts(self):
        data = self.cleaned_data
        lines = {
            item: (data[f"quantity_{item.pk}"], data[f"cost_{item.pk}"])
            for item in self.wanted
            if data[f"quantity_{item.pk}"]
        }
        return {"lines": lines, "on": data["on"]}


class ShareForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    way = forms.ChoiceField(
        label=_("How"), choices=JointPayment.Way, widget=forms.RadioSelect, initial=JointPayment.Way.CASH
    )
    on = PastDayField(label=_("Paid on"))
