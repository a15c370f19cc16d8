"""A bank account, and what the columns of its statements are."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.models import Unit
from treasury.arithmetic.statements.csv_file import PRESETS, Mapping

BANKS = [("", _("another bank")), ("bca", "BCA"), ("bri", "BRI"), ("mandiri", "Mandiri")]


class BankAccountForm(Form):
    unit = forms.ChoiceField(label=pgettext_lazy("books", "Unit"), choices=Unit)
    bank = forms.CharField(label=_("Bank"), max_length=60)
    number = forms.CharField(label=_("Account number"), max_length=40)
    holder = forms.CharField(label=_("Account holder"), max_length=120)
    statements = forms.ChoiceField(
        label=_("Statements as"), choices=BANKS, required=False, help_text=_("The columns can be changed afterwards.")
    )
    on = PastDayField(label=_("In the books since"))

    @property
    def facts(self) -> dict:
        facts = super().facts
        return facts | {"mapping": PRESETS.get(facts.pop("statements"))}


class MappingForm(Form):
    """The headings of the CSV columns, and how the bank writes numbers."""

    date = forms.CharField(label=_("Column of the day"), max_length=60)
    text = forms.CharField(
        label=_("Columns of the text"), max_length=120, help_text=_("Several are separated by semicolons.")
    )
    amount = forms.CharField(
        label=_("Column of the amount"), max_length=60, required=False, help_text=_("With a sign, or DB and CR.")
    )
    side = forms.CharField(label=_("Column of debit or credit"), max_length=60, required=False)
    debit = forms.CharField(label=_("Column of money out"), max_length=60, required=False)
    credit = forms.CharField(label=_("Column of money in"), max_length=60, required=False)
    balance = forms.CharField(label=_("Column of the balance"), max_length=60, required=False)
    reference = forms.CharField(label=_("Column of the reference"), max_length=60, required=False)
    decimal = forms.ChoiceField(
        label=_("Sen behind"), choices=[(".", _("a dot: 1,250.00")), (",", _("a comma: 1.250,00"))]
    )
    delimiter = forms.ChoiceField(label=_("Columns parted by"), choices=[(",", _("commas")), (";", _("semicolons"))])
    newest_first = forms.BooleanField(label=_("The newest movement stands first"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("amount") and not (cleaned.get("debit") and cleaned.get("credit")):
            self.add_error("amount", _("Name the column of the amount, or those of money out and money in."))
        return cleaned

    @property
    def facts(self) -> dict:
        facts = super().facts
        text = tuple(part.strip() for part in facts.pop("text").split(";") if part.strip())
        return {"mapping": Mapping(text=text, **facts)}

    @staticmethod
    def initial_of(stored: dict) -> dict:
        return stored | {"text": "; ".join(stored["text"])} if stored else {}


class StatementForm(Form):
    file = forms.FileField(label=_("Statement"), help_text=_("CSV, MT940 or OFX, as the bank gives it."))
    until = PastDayField(
        label=_("It reaches until"),
        required=False,
        initial=None,
        help_text=_("Only where nothing moved on the last days: a file may not tell them."),
    )
    opening = RupiahFormField(
        label=_("Balance before its first movement"),
        required=False,
        minimum=0,
        help_text=_("Only for the first statement, where the file has no balance."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 5 * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it by month."), code="too_heavy")
        return file.read()

    @property
    def facts(self) -> dict:
        facts = super().facts
        return facts | {"content": facts.pop("file")}
