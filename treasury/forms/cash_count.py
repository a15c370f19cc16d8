"""Counting the cash box: how many of each note and coin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import PastDayField
from core.forms import Form
from core.money import format_rupiah
from ledger.models import Unit
from treasury.arithmetic.cash_count import DENOMINATIONS


class PiecesForm(Form):
    """One number per denomination; an empty one is none. `heads` are the fields above them."""

    heads = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for value in DENOMINATIONS:
            self.fields[f"pieces_{value}"] = forms.IntegerField(
                label=format_rupiah(value), min_value=0, max_value=99_999, required=False
            )

    @property
    def facts(self) -> dict:
        facts = super().facts
        return {
            "pieces": {value: facts.pop(f"pieces_{value}") or 0 for value in DENOMINATIONS},
            **facts,
        }

    def head_fields(self):
        return [self[name] for name in self.heads]

    def piece_fields(self):
        return [(value, self[f"pieces_{value}"]) for value in DENOMINATIONS]


class CashCountForm(PiecesForm):
    """The cash box of a unit. The reason is asked for where it differs from the books."""

    unit = forms.ChoiceField(label=pgettext_lazy("books", "Unit"), choices=Unit)
    on = PastDayField(label=_("Counted on"))
    witness = forms.CharField(label=_("Who counted along"), max_length=120)
    reason = forms.CharField(
        label=_("Reason for a difference"),
        max_length=200,
        required=False,
        help_text=_("Only where the box does not hold what the books say."),
    )
    heads = ("unit", "on", "witness", "reason")
