"""Moving money between cash and bank, and between the units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from ledger import chart
from ledger.forms.common import AmountField
from ledger.models import Account


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, account):
        return f"{account.title}, {account.get_unit_display()}"


class TransferForm(Form):
    source = AccountChoice(queryset=Account.objects.none(), label=_("From"), empty_label=None)
    target = AccountChoice(queryset=Account.objects.none(), label=_("To"), empty_label=None)
    amount = AmountField(label=_("Amount"), of="transfer:%:out")
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    on = PastDayField(label=_("Date"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Account.objects.filter(code__in=chart.MONEY).order_by("unit", "code")
        self.fields["source"].queryset = self.fields["target"].queryset = rows
