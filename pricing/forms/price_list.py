"""The shape of what people type about price lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, RupiahFormField
from core.forms import Form
from governance.models import Decision, DecisionKind
from pricing.models import Item, PriceList


class DraftForm(Form):
    """The whole draft on one screen: one amount per item in use; an empty one takes the item off the list."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, draft: PriceList, items, before: dict, **kwargs):
        super().__init__(*args, initial={"version": draft.version}, **kwargs)
        self.items = list(items)
        self.before = before
        for item in self.items:
            self.fields[self.name(item)] = RupiahFormField(
                label=_("Price of {item}").format(item=item), required=False, initial=item.amount
            )

    @staticmethod
    def name(item: Item) -> str:
        return f"amount_{item.pk}"

    @property
    def rows(self):
        """For the table: the item, its amount on the list in force, and the field of the draft."""
        return [(item, self.before.get(item.pk), self[self.name(item)]) for item in self.items]

    @property
    def amounts(self) -> dict:
        return {item: self.cleaned_data[self.name(item)] for item in self.items}


class DecideForm(Form):
    in_force_from = DayField(label=_("In force from"))
    decision = forms.ModelChoiceField(
        label=_("Decided in"),
        queryset=Decision.objects.none(),
        help_text=_("Record the decision of the meeting first."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, draft: PriceList, on, **kwargs):
        super().__init__(*args, initial={"version": draft.version}, **kwargs)
        self.fields["decision"].queryset = Decision.objects.about(DecisionKind.PRICE_LIST, draft, on=on)


class CompareForm(forms.Form):
    """Two lists of one's choice; it changes nothing."""

    old = forms.ModelChoiceField(label=_("Earlier list"), queryset=PriceList.objects.none(), required=False)
    new = forms.ModelChoiceField(label=_("Later list"), queryset=PriceList.objects.none(), required=False)

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = lists
