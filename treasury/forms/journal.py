"""Forms of an entry by hand: what it is about, and its lines. Accounts that other books keep are not offered."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from core.uploads import PaperField
from ledger.chart import BY_HAND
from ledger.errors import REFUSALS
from ledger.forms.common import AmountField
from ledger.models import Unit
from ledger.services import Posting


class JournalForm(Form):
    unit = forms.ChoiceField(label=_("Unit of the cooperative"), choices=Unit.choices)
    on = PastDayField(label=_("Date"))
    memo = forms.CharField(
        label=_("Memo"), max_length=200, help_text=_("What is corrected and why, such as: paper booked as meetings.")
    )
    paper = PaperField(label=_("Paper"), required=False, help_text=_("What it rests on: a photo or a PDF."))


class LineForm(forms.Form):
    """One line of an entry: nothing at all, or an account with an amount on one side."""

    code = forms.ChoiceField(label=_("Account"), required=False)
    debit = AmountField(of="journal:%", label=_("Debit"), required=False)
    credit = AmountField(of="journal:%", label=_("Credit"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *((a.code, f"{a.code} {gettext(a.name)}") for a in BY_HAND)]
        self.fields["code"].error_messages["invalid_choice"] = REFUSALS["ledger_line_control_by_its_book"]

    def clean(self):
        found = super().clean()
        sides = bool(found.get("debit")) + bool(found.get("credit"))
        if found.get("code") and not sides and not self.errors:
            self.add_error("debit", _("Write the amount, as debit or as credit."))
        if sides and not found.get("code") and "code" not in self.errors:
            self.add_error("code", _("Choose the account."))
        if sides == 2:
            self.add_error("credit", _("One line has debit or credit, not both."))
        return found

    @property
    def posting(self) -> Posting | None:
        line = self.cleaned_data
        if not line.get("code"):
            return None
        return Posting(line["code"], line["debit"] or 0, line["credit"] or 0, None)


class LineForms(forms.BaseFormSet):
    """The lines of an entry, with the sums of what is typed so far."""

    @property
    def postings(self) -> list[Posting]:
        return [form.posting for form in self.forms if form.posting]

    @property
    def debit(self) -> int:
        return self._sum("debit")

    @property
    def credit(self) -> int:
        return self._sum("credit")

    @property
    def difference(self) -> int:
        return abs(self.debit - self.credit)

    def _sum(self, side):
        return sum(getattr(form, "cleaned_data", {}).get(side) or 0 for form in self.forms) if self.is_bound else 0


LineFormSet = forms.formset_factory(LineForm, formset=LineForms, extra=6, max_num=40, absolute_max=40)
