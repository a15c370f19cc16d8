"""Forms about offices: an election, the end of a term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.forms import Form
from governance.models import Decision, DecisionKind, Office
from members.models import Member


class ElectionForm(Form):
    member = forms.ModelChoiceField(label=_("Member"), queryset=Member.objects.none())
    role = forms.ChoiceField(label=_("Office"), choices=[(role.value, role.label) for role in Office.ROLES])
    started_on = DayField(label=_("In office from"))
    ends_on = DayField(
        label=_("Until"), help_text=_("The day of handing over; five years after the first day at the latest.")
    )
    decided_in = forms.ModelChoiceField(
        label=_("Elected in"),
        queryset=Decision.objects.filter(kind=DecisionKind.ELECTION).order_by("-decided_on", "-pk"),
    )

    def __init__(self, *args, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")


class ResignForm(Form):
    on = DayField(label=_("Handed over on"))


class EndTermForm(ResignForm):
    decision = forms.ModelChoiceField(
        label=_("Removed in"),
        queryset=Decision.objects.none(),
        help_text=_("The decision of the members about this office. Whoever resigns does so with the own login."),
    )

    field_order = ["decision", "on"]

    def __init__(self, *args, office: Office, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        decision = self.fields["decision"]
        decision.queryset = Decision.objects.about(DecisionKind.REMOVAL, office, on=as_of)
        if office.member.has_left(on=as_of):
            decision.required, decision.help_text = False, _("Not needed: the holder is no member any more.")
