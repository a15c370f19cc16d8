"""The shape of what people type on the board and on handover sheets."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, PastDayField, QuantityField, RupiahFormField
from core.forms import Form
from core.uploads import PhotoField
from orders.forms.paying import WayOfPayingForm
from orders.forms.sheet import SharedOfferFields, terms_facts
from orders.forms.taking import ReasonForm

SHARED = "shared"


class SurplusForm(Form, SharedOfferFields):
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


class ClaimForm(Form):
    """`insist` appears only where there is something to insist on."""

    quantity = QuantityField(label=_("How many do you take?"))
    insist = forms.BooleanField(label=_("I take it all the same"), required=False)

    def __init__(self, *args, warned=False, members=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not warned and "insist" not in self.data:
            self.fields["insist"].widget = forms.HiddenInput()
        if members is not None:
            self.fields["member"] = forms.ModelChoiceField(label=_("For"), queryset=members)

    def ask_to_insist(self):
        """Show the box that was hidden until there was a warning."""
        self.fields["insist"].widget = forms.CheckboxInput()


class AskForm(ClaimForm):
    quantity = QuantityField(label=_("How many would you take at most?"))


class AcceptForm(Form):
    quantity = QuantityField(label=_("How many do you give?"))


class DeliverForm(Form):
    delivered = QuantityField(label=_("How many do you send?"))
    on = PastDayField(label=_("Sent on"))


class ConfirmForm(Form):
    received = QuantityField(
        label=_("How many arrived?"), minimum=0, required=False, help_text=_("Empty: all that were sent.")
    )
    accepted = QuantityField(label=_("How many are good?"), minimum=0)
    rejection_reason = forms.CharField(
        label=_("What is wrong, or missing"),
        max_length=200,
        required=False,
        help_text=_("Only when some are not good."),
    )
    on = PastDayField(label=_("Counted on"))


class SettleForm(WayOfPayingForm):
    """Officers choose the way; the holder of the order can only note a direct payment."""

    on = PastDayField(label=_("Paid on"))


class PayOutForm(SettleForm):
    on = PastDayField(label=_("Received on"))


class ReverseForm(ReasonForm):
    on = PastDayField(label=_("Reversed on"))


def offer_dates(due_on: datetime.date, *, on: datetime.date) -> dict:
    """What the form for an offer proposes: open for five days, back two days before the buyer comes."""
    work_due = max(due_on - datetime.timedelta(days=2), on)
    return {"due_on": work_due, "closes_on": min(on + datetime.timedelta(days=5), work_due)}
