"""Input of a write-off and of a recovery."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import PastDayField
from core.forms import Form
from governance.models import Decision, DecisionKind
from ledger.channels import RECEIVING
from ledger.forms.common import AmountField
from loans.forms.common import channels
from loans.models import WriteOff
from loans.services.write_off import MEMBERS


class WriteOffForm(Form):
    decision = forms.ModelChoiceField(label=_("Decided in"), queryset=Decision.objects.none())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was tried, and why the money is not expected to come back."),
    )

    def __init__(self, *args, loan, kind, **kwargs):
        super().__init__(*args, **kwargs)
        decisions = Decision.objects.about(DecisionKind.WRITE_OFF, loan, on=today())
        if kind == WriteOff.Kind.CLAIM:
            decisions = decisions.filter(organ__in=MEMBERS)
            self.fields["decision"].help_text = _("Only the members' meeting ends a claim.")
        self.fields["decision"].queryset = decisions


class RecoveryForm(Form):
    amount = AmountField(of="recovery:%:received", label=_("Amount"))
    on = PastDayField(label=_("Received on"))
    through = channels(*RECEIVING)
