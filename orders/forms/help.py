"""Offering what does not fit of a big order, all lines at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, RupiahFormField
from core.forms import Form
from orders.forms.offer import SharedOfferFields, terms_facts


class OfferRestForm(Form, SharedOfferFields):
    """One price per line; a line whose price is left empty stays with the workshop."""

    material_included = forms.BooleanField(label=_("The material goes along"), required=False, initial=True)
    due_on = DayField(label=_("Due on"))
    closes_on = DayField(label=_("Offer open until"))

    MAIN = ("due_on", "closes_on", "step", "material_included")

    def __init__(self, *args, work, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_steps(units, one=_("one by one"))
        self.work = work
        for row in work:
            self.fields[f"price_{row.line.pk}"] = RupiahFormField(
                label=_("What the maker gets for one: {item}").format(item=row.line.item), required=False
            )

    @property
    def main(self):
        loss = () if self["at_a_loss"].is_hidden else (self["at_a_loss"],)
        return [*(self[f"price_{row.line.pk}"] for row in self.work), *(self[name] for name in self.MAIN), *loss]

    @property
    def facts(self):
        data = self.cleaned_data
        prices = {row.line: data[f"price_{row.line.pk}"] for row in self.work if data[f"price_{row.line.pk}"]}
        facts = {name: data[name] for name in (*self.MAIN, "at_a_loss")}
        return {"prices": prices, **facts, **terms_facts(data)}
