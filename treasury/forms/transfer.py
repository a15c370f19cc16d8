"""Moving money between cash and bank, and between the units."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import PastDayField
from core.forms import Form
from ledger import chart
from ledger.forms.common import AmountField
from ledger.models import Account
from treasury.queries.bank_account import name_of


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, account):
        return name_of(account)


class TransferForm(Form):
    source = AccountChoice(
        queryset=Account.objects.none(), label=pgettext_lazy("transfer", "From"), empty_label=_("Choose the account")
    )
    target = AccountChoice(
        queryset=Account.objects.none(), label=pgettext_lazy("transfer", "To"), empty_label=_("Choose the account")
    )
    amount = AmountField(label=_("Amount"), of="transfer:%:out")
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    on = PastDayField(label=_("Date"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Account.objects.filter(code__in=chart.MONEY).select_related("bank_account").order_by("unit", "code")
        self.fields["source"].queryset = self.fields["target"].queryset = rows
