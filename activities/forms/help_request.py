"""The shape of what people type when they ask for help, and when they answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import HelpRequest
from core.fields import RupiahFormField
from core.forms import Form
from ledger.forms.common import AmountField
from members.models import Member


class HelpRequestForm(Form):
    member = forms.ModelChoiceField(
        label=_("Which member needs help?"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("no member"),
    )
    neighbour = forms.CharField(
        label=_("or a neighbour who is no member"), max_length=120, required=False, help_text=_("The name.")
    )
    address = forms.CharField(label=_("Where the neighbour lives"), max_length=200, required=False)
    occasion = forms.ChoiceField(label=_("What is it about?"), choices=HelpRequest.Occasion)
    reason = forms.CharField(
        label=_("What happened?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the officers who decide, you and the member concerned read it."),
    )
    amount = RupiahFormField(
        label=_("Help in money"), required=False, minimum=0, help_text=_("Leave empty where a visit is enough.")
    )

    def __init__(self, *args, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")

    def clean_amount(self):
        return self.cleaned_data["amount"] or 0


class ApproveHelpForm(Form):
    granted = AmountField(
        of="aid:%:given",
        label=_("Help granted"),
        required=False,
        minimum=0,
        help_text=_("Leave empty where a visit is enough."),
    )
    reason = forms.CharField(label=_("Word to whoever asked"), max_length=200, required=False)

    def clean_granted(self):
        return self.cleaned_data["granted"] or 0
