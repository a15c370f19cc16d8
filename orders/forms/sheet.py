"""The shape of what people type on a handover sheet beside the work itself."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, QuantityField, RateFormField, RupiahFormField
from core.forms import Form
from orders.forms.paying import WayOfPayingForm
from orders.models import AgreedTerms
from pricing.models import Item


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


class TermsForm(Form, TermsFields):
    maker_price = RupiahFormField(label=_("What the maker gets for one"))
    reason = forms.CharField(label=_("Why"), max_length=200)

    field_order = ["maker_price", *TermsFields.TERMS, "reason"]

    @property
    def facts(self):
        data = self.cleaned_data
        return {"maker_price": data["maker_price"], "reason": data["reason"], **terms_facts(data)}


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("I agree")), ("drop", _("No, what we agreed on stays"))],
        widget=forms.RadioSelect,
    )


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].label_from_instance = lambda item: f"{item} ({item.base_unit})"

    @property
    def facts(self):
        facts = super().facts
        return facts | {"value": facts["value"] or 0}


class ReturnForm(Form):
    quantity = QuantityField(label=_("How much came back"))
    on = PastDayField(label=_("Came back on"))


class MoneyForm(WayOfPayingForm):
    """Money ahead or back. Members only note what they paid directly."""

    amount = RupiahFormField(label=_("Amount"))
    on = PastDayField(label=_("Paid on"))

    field_order = ["amount", "method", "on"]


class OnForm(Form):
    on = PastDayField(label=_("On"))


class ConsentForm(Form):
    """What the maker's pay goes against; a part of an instalment will do, dues are whole months."""

    what = forms.ChoiceField(label=_("What it goes against"), widget=forms.RadioSelect)
    amount = RupiahFormField(
        label=_("How much"), required=False, help_text=_("Empty: all of it, as far as your pay goes.")
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = options


class DisputeForm(Form):
    text = forms.CharField(label=_("What you do not agree on"), widget=forms.Textarea, max_length=2000)
