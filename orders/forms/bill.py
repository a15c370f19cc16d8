"""Which of the four lists of bills a page shows, and how far back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.forms.fairness import MONTHS


class BillsFilter(forms.Form):
    LISTS = [
        ("to_receive", _("To receive")),
        ("to_pay", _("To pay")),
        ("received", _("Received already")),
        ("paid", _("Paid already")),
    ]
    show = forms.ChoiceField(choices=LISTS, widget=forms.HiddenInput, required=False)
    months = forms.TypedChoiceField(label=_("Received and paid within"), choices=MONTHS, coerce=int, required=False)

    @property
    def facts(self) -> tuple[str, int]:
        """The list, empty where none was chosen, and the months back; three where nothing good was typed."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("show", ""), data.get("months") or 3
