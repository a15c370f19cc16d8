"""The shape of what people type about visits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.common import paying_field, source_field
from activities.models import Source
from core.fields import PastDayField
from core.forms import Form
from ledger.forms.common import AmountField
from members.models import Member


class VisitForm(Form):
    """A visit; where it answers a request, who was visited is known."""

    member = forms.ModelChoiceField(
        label=_("Member who was visited"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("no member"),
    )
    neighbour = forms.CharField(
        label=_("or a neighbour who is no member"), max_length=120, required=False, help_text=_("The name.")
    )
    on = PastDayField(label=_("Visited on"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("For example: in hospital, a death in the family. Only the officers read it."),
    )
    visitors = forms.CharField(label=_("Who went"), max_length=200)
    report = forms.CharField(
        label=_("What they found"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the household needs next. Only the officers read it."),
    )
    amount = AmountField(
        label=_("Given in money"),
        of="visit:%:given",
        required=False,
        minimum=0,
        help_text=_("Leave empty if nothing was given."),
    )
    source = source_field(Source.SOCIAL, Source.RUNNING)
    channel = paying_field()

    def __init__(self, *args, as_of, help_request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")
        if help_request:
            del self.fields["member"], self.fields["neighbour"]
            self.initial = {
                "reason": help_request.get_occasion_display(),
                "amount": help_request.granted or None,
            } | self.initial

    def clean_amount(self):
        return self.cleaned_data["amount"] or 0
