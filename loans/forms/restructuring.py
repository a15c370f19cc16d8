"""Input of new terms for a running loan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField, RateFormField
from core.forms import Form
from governance.models import Decision, DecisionKind
from ledger.channels import PAYING
from ledger.forms.common import AmountField
from loans.forms.common import channels
from loans.models import Restructuring


class NewTermsForm(Form):
    kind = forms.ChoiceField(label=_("What kind of new terms?"), choices=Restructuring.Kind)
    instalments = forms.IntegerField(label=_("In how many instalments?"), min_value=1, max_value=360)
    first_due_on = DayField(label=_("First new instalment on"))
    rate_bp = RateFormField(label=_("Rate"), help_text=_("In percent, no higher than now."))
    principal_grace = forms.IntegerField(
        label=_("First instalments without principal"), min_value=0, max_value=359, initial=0
    )
    waives_penalty = forms.BooleanField(label=_("The penalty is waived"), required=False)
    added = AmountField(
        of="loan:%:disbursed",
        label=_("New money"),
        required=False,
        minimum=0,
        help_text=_("For a top-up only; empty otherwise."),
    )
    decision = forms.ModelChoiceField(
        label=_("Decided in"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("Where a meeting decided on it; otherwise the officers' approval is enough."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the amendment that the borrower signs."),
    )

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = Decision.objects.about(DecisionKind.RESTRUCTURING, loan, on=today())

    @property
    def facts(self):
        facts = super().facts
        return facts | {"added": facts["added"] or 0}


class CarryOutTermsForm(Form):
    on = PastDayField(label=_("On"))
    through = channels(*PAYING, label=_("New money is paid"))

    def __init__(self, *args, has_money, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_money:
            del self.fields["through"]
