"""Shapes of input for the end of a membership."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import PastDayField
from core.forms import Form
from core.uploads import PaperField
from governance.models import Decision, DecisionKind
from ledger.channels import PAYING
from loans.forms.common import CarryOutForm, channels
from members.models import Member


class PayoutForm(CarryOutForm):
    through = channels(*PAYING)


class DepartureForm(Form):
    kind = forms.ChoiceField(label=_("How does the membership end?"), choices=Member.LeavingReason)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    decision = forms.ModelChoiceField(
        label=_("Decided in"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("Only for a dismissal: the meeting that decided it."),
    )
    died_on = PastDayField(
        label=_("Day of death"),
        required=False,
        initial=None,
        help_text=_("Only after a death: as the certificate says."),
    )
    heir_name = forms.CharField(
        label=_("Heir"), max_length=120, required=False, help_text=_("Only after a death: who gets the money.")
    )
    heir_relation = forms.CharField(
        label=_("Relation"), max_length=60, required=False, help_text=_("Wife, husband, child …")
    )
    heir_paper = PaperField(
        label=_("Paper of the heir"), required=False, help_text=_("The statement of heirs, as PDF or photo.")
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = Decision.objects.about(DecisionKind.DISMISSAL, member, on=today())
