"""The shape of what people type about offers and their terms."""

import datetime
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, QuantityField, RateFormField, RupiahFormField
from core.forms import Form
from core.uploads import PhotoField
from orders.models import AgreedTerms


class TermsFields(forms.Form):
    """What both sides agree on beside the price; empty means nothing is taken off and nothing paid ahead."""

    quality = forms.CharField(
        label=_("What is good"),
        max_length=200,
        required=False,
        help_text=_("How the work is judged: seams, glue, sizes."),
    )
    rejects = forms.ChoiceField(
        label=_("What is not good"),
        choices=AgreedTerms.Rejects,
        initial=AgreedTerms.Rejects.REOPEN,
        widget=forms.RadioSelect,
        required=False,
    )
    late_penalty = RupiahFormField(label=_("Taken off for each day late"), required=False, minimum=0)
    reject_penalty = RupiahFormField(label=_("Taken off for each one that is not good"), required=False, minimum=0)
    advance_bp = RateFormField(
        label=_("Paid ahead"), required=False, help_text=_("In percent of the price, such as 30. Empty: nothing.")
    )

    TERMS = ("quality", "rejects", "late_penalty", "reject_penalty", "advance_bp")


def terms_facts(data: dict) -> dict:
    """The terms as the services take them: nothing typed is nothing agreed."""
    return {
        "quality": data["quality"],
        "rejects": data["rejects"] or AgreedTerms.Rejects.REOPEN,
        **{name: data[name] or 0 for name in ("late_penalty", "reject_penalty", "advance_bp")},
    }


class SharedOfferFields(TermsFields):
    """What the poster chooses for work that is shared when the offer closes: in which lots, and the terms."""

    step = forms.TypedChoiceField(
        label=_("Share it in whole"), coerce=Decimal, empty_value=Decimal(1), required=False, initial="1"
    )

    at_a_loss = forms.BooleanField(
        label=_("I know that the order loses money"), required=False, widget=forms.HiddenInput
    )

    def ask_about_the_loss(self) -> None:
        """Show the box that is hidden until the order would lose money."""
        if self.has_error("at_a_loss") or "at_a_loss" in self.data:
            self.fields["at_a_loss"].widget = forms.CheckboxInput()

    def choose_steps(self, units, *, one: str) -> None:
        """Single pieces (`one`), or the counted units that hold several: lusin (12), kodi (20)."""
        larger = [(str(unit.multiple), f"{unit} ({unit.multiple})") for unit in units if unit.multiple]
        self.fields["step"].choices = [("1", one), *larger]

    @property
    def terms(self) -> list:
        """The bound fields that most offers leave as they are; folded on the page."""
        return [self[name] for name in self.TERMS]

    @property
    def has_terms(self) -> bool:
        """Whether the folded part holds a mistake, so that the page shows it open."""
        return any(name in self.errors for name in self.TERMS)


SHARED = "shared"


class OfferForm(Form, SharedOfferFields):
    quantity = QuantityField(label=_("How many"))
    maker_price = RupiahFormField(label=_("What the maker gets for one"))
    material_included = forms.BooleanField(label=_("The material goes along"), required=False, initial=True)
    due_on = DayField(label=_("Due on"))
    closes_on = DayField(label=_("Offer open until"))
    way = forms.ChoiceField(
        label=_("Who gets it"),
        choices=[
            ("first", _("whoever takes it first, at once")),
            (SHARED, _("all who ask, shared fairly when the offer closes")),
        ],
        initial="first",
        widget=forms.RadioSelect,
        required=False,
    )
    photo = PhotoField(label=_("Photo"), required=False, help_text=_("A sample of what it should look like."))
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("What the maker must know: colour, sizes, sole."),
    )

    def __init__(self, *args, item, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_steps(units, one=str(item.base_unit))

    @property
    def facts(self):
        facts = super().facts
        way = facts.pop("way")
        return facts | terms_facts(facts) | {"is_shared": way == SHARED}

    MORE = ("step", "photo", "note", *SharedOfferFields.TERMS)
    """What most offers leave as it is; folded on the page."""

    @property
    def main(self):
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self):
        return [self[name] for name in self.MORE]

    @property
    def has_more(self):
        """Whether the folded part holds a mistake, so that the page shows it open."""
        return any(name in self.errors for name in self.MORE)


def offer_dates(due_on: datetime.date, *, on: datetime.date) -> dict:
    """What the form for an offer proposes: open for five days, back two days before the buyer comes."""
    work_due = max(due_on - datetime.timedelta(days=2), on)
    return {"due_on": work_due, "closes_on": min(on + datetime.timedelta(days=5), work_due)}
