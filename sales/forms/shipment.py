"""What leaves for the buyer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form


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


class FinishForm(Form):
    on = PastDayField(label=_("Handed to the buyer on"))
