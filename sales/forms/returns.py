"""What came back from a buyer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form
from core.money import format_quantity

NOT_INVOICED = "none"


class TakeBackForm(Form):
    """What came back of what the buyer has; `sources` are the invoices, and None for what is not invoiced yet."""

    invoice = forms.ChoiceField(label=_("What came back of"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why did it come back?"), max_length=200, help_text=_("Such as: seams came loose, wrong size.")
    )
    on = PastDayField(label=_("Came back on"))

    def __init__(self, *args, lines, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = {str(invoice.pk) if invoice else NOT_INVOICED: invoice for invoice in sources}
        field = self.fields["invoice"]
        field.choices = [
            (key, _("invoice {number}").format(number=invoice) if invoice else _("not invoiced yet"))
            for key, invoice in self.sources.items()
        ]
        if len(self.sources) == 1:
            field.initial, field.widget = next(iter(self.sources)), forms.HiddenInput()
        self.lines = [line for line in lines if line.shipped > line.returned]
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = QuantityField(
                label=_("{item}: how many came back?").format(item=line.item),
                required=False,
                minimum=0,
                help_text=_("The buyer has {quantity} {unit}.").format(
                    quantity=format_quantity(line.shipped - line.returned), unit=line.item.base_unit
                ),
            )
        self.order_fields(["invoice", *(f"line_{line.pk}" for line in self.lines)])

    @property
    def facts(self):
        data = self.cleaned_data
        return {
            "quantities": {line: data[f"line_{line.pk}"] for line in self.lines},
            "invoice": self.sources[data["invoice"]],
            "reason": data["reason"],
            "on": data["on"],
        }
