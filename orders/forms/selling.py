"""The shape of what people type about specification, progress, deliveries to the buyer, invoices and payments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField, RupiahFormField
from core.forms import Form
from core.uploads import PhotoField
from orders.models import BuyerPayment, Order


class SpecificationForm(Form):
    specification = forms.CharField(
        label=_("What it should look like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leather, colour, sizes, sole, label."),
    )
    photo = PhotoField(label=_("One more photo"), required=False)


class ProgressForm(Form):
    made = QuantityField(label=_("How many are made so far?"), minimum=0)
    on = PastDayField(label=_("Counted on"))


class SaleTermsForm(Form):
    seller = forms.ChoiceField(
        label=_("Who sells to the buyer?"),
        choices=Order.Seller,
        widget=forms.RadioSelect,
        help_text=_(
            "Where the cooperative sells, the treasurer writes invoices and payments, and the books have them."
        ),
    )
    deposit_asked = RupiahFormField(label=_("Deposit agreed"), minimum=0, required=False)
    terms_days = forms.IntegerField(
        label=_("Days to pay after the invoice"), min_value=0, max_value=365, required=False, initial=0
    )

    @property
    def facts(self):
        facts = super().facts
        return facts | {name: facts[name] or 0 for name in ("deposit_asked", "terms_days")}


class ShipForm(Form):
    """One field for every line that is not wholly with the buyer."""

    on = PastDayField(label=_("Sent on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.to_ship > 0]
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = QuantityField(
                label=_("{item}: how many go along?").format(item=line.item),
                required=False,
                minimum=0,
                initial=max(line.to_ship - line.out, 0),
            )
        self.order_fields([f"line_{line.pk}" for line in self.lines])

    @property
    def facts(self):
        data = self.cleaned_data
        quantities = {line: data[f"line_{line.pk}"] for line in self.lines}
        return {"quantities": quantities, "on": data["on"], "note": data["note"]}


class InvoiceForm(Form):
    on = PastDayField(label=_("Invoiced on"))


class BuyerPaymentForm(Form):
    amount = RupiahFormField(label=_("How much?"))
    method = forms.ChoiceField(label=_("Way of paying"), choices=BuyerPayment.Method, widget=forms.RadioSelect)
    on = PastDayField(label=_("Paid on"))
