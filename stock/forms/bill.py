"""What an item is made of."""

from django.utils.translation import gettext_lazy as _

from core.fields import QuantityField, RateFormField
from core.forms import Form
from stock.forms.movement import MaterialField


class BillForm(Form):
    material = MaterialField(label=_("Material"))
    quantity = QuantityField(label=_("How much for one"))
    waste_bp = RateFormField(label=_("Waste in cutting"), required=False, help_text=_("In percent of what goes in."))

    @property
    def facts(self):
        return super().facts | {"waste_bp": self.cleaned_data["waste_bp"] or 0}
