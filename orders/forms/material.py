"""Material that goes along and comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField, RupiahFormField
from core.forms import Form
from pricing.models import Item


class MaterialForm(Form):
    item = forms.ModelChoiceField(
        label=_("Material"),
        queryset=Item.objects.active().filter(kind=Item.Kind.MATERIAL).select_related("base_unit").order_by("name"),
    )
    quantity = QuantityField(label=_("How much"))
    value = RupiahFormField(
        label=_("Agreed value, all together"), required=False, minimum=0, help_text=_("Needed where it is taken off.")
    )
    is_owed = forms.BooleanField(label=_("It is taken off the maker's pay"), required=False)
    on = PastDayField(label=_("Given on"))
    insist = forms.BooleanField(label=_("It goes along all the same"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].label_from_instance = lambda item: f"{item} ({item.base_unit})"
        if "insist" in self.data:
            self.fields["insist"].widget = forms.CheckboxInput()

    def add_error(self, field, error):
        """The box is hidden until there is something to insist on."""
        super().add_error(field, error)
        if field == "insist":
            self.fields["insist"].widget = forms.CheckboxInput()

    @property
    def facts(self):
        facts = super().facts
        return facts | {"value": facts["value"] or 0}


class ReturnForm(Form):
    quantity = QuantityField(label=_("How much came back"))
    on = PastDayField(label=_("Came back on"))
