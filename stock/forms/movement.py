"""What came in, what went out, what was counted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField
from core.forms import Form
from pricing.models import Item, Unit
from pricing.queries import units_of

LABELS = {
    "used": _("How much did you use?"),
    "bought": _("How much did you buy?"),
    "made": _("How many did you make?"),
    "sold": _("How much did you sell?"),
}


class MaterialField(forms.ModelChoiceField):
    """A choice among the materials in use, each with the unit it is counted in."""

    def __init__(self, **kwargs):
        materials = Item.objects.active().filter(kind=Item.Kind.MATERIAL).select_related("base_unit").order_by("name")
        super().__init__(materials, empty_label=_("choose a material"), **kwargs)

    def label_from_instance(self, item):
        return f"{item} ({item.base_unit})"


class MeasuredForm(Form):
    """A quantity of one item, in one of the units the item is counted in; the choice shows only where there is one."""

    quantity = QuantityField(label=_("How much"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args, item: Item, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        unit.queryset, unit.initial = units_of(item), item.base_unit_id
        if len(unit.queryset) == 1:
            unit.widget = forms.HiddenInput()
            self.fields["quantity"].help_text = str(item.base_unit)


class RecordForm(MeasuredForm):
    on = PastDayField(label=_("Date"))
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = LABELS[kind]


class CountForm(MeasuredForm):
    quantity = QuantityField(label=_("How much is really there?"), minimum=0)
    on = PastDayField(label=_("Counted on"))
    note = forms.CharField(label=_("Note"), max_length=120, required=False)
