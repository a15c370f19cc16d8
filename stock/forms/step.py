"""The steps of a joint purchase: from whom, and what arrived."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form
from ledger.forms.common import AmountField
from ledger.models import Unit
from members.models import Partner
from treasury.forms.common import ChannelField


class ChooseForm(Form):
    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Partner.objects.none(), widget=forms.RadioSelect)
    on = PastDayField(label=_("Ordered on"))

    def __init__(self, *args, suppliers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = Partner.objects.filter(pk__in=suppliers).order_by("name")


class PaySupplierForm(Form):
    channel = ChannelField(unit=Unit.UMUM)
    on = PastDayField(label=_("Paid on"))


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
            self.fields[f"cost_{item.pk}"] = AmountField(
                of="joint:%",
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
