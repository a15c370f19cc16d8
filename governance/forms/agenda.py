"""The shape of what is typed about items of an agenda."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField
from core.forms import Form
from governance.models import DecisionKind, Meeting, Office
from members.models import Member

BY_HAND = (
    DecisionKind.OTHER,
    DecisionKind.REPORT,
    DecisionKind.BUDGET,
    DecisionKind.SPENDING,
    DecisionKind.DISSOLUTION,
)


class ItemForm(Form):
    """An item by hand. What waits in other rooms comes by itself, with its paper."""

    about = forms.ChoiceField(label=_("About"))
    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What is asked of the meeting"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.offices = {
            str(office.pk): office
            for office in Office.objects.held(as_of=meeting.on).select_related("member").order_by("role", "pk")
        }
        self.fields["about"].choices = [
            *((kind.value, capfirst(kind.label)) for kind in BY_HAND),
            *((f"election:{role}", _("Election: {office}").format(office=label)) for role, label in self._roles()),
            *((f"removal:{pk}", _("Removal: {office}").format(office=row)) for pk, row in self.offices.items()),
        ]

    @staticmethod
    def _roles():
        return [(role.value, role.label) for role in Office.ROLES]

    @property
    def facts(self):
        kind, _colon, what = self.cleaned_data["about"].partition(":")
        found = {"kind": kind, "title": self.cleaned_data["title"], "text": self.cleaned_data["text"]}
        if kind == DecisionKind.ELECTION:
            found["detail"] = what
        if kind == DecisionKind.REMOVAL:
            found["subject"] = self.offices[what]
        return found


class NoteForm(Form):
    note = forms.CharField(label=_("In words"), max_length=300, required=False)


class CandidatesForm(Form):
    members = forms.ModelMultipleChoiceField(
        label=_("Candidates"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, initial={"members": [row.member_id for row in item.candidates.all()]}, **kwargs)
        self.fields["members"].queryset = Member.objects.entered(as_of=item.meeting.on).order_by("name")

    @property
    def facts(self):
        return {"members": list(self.cleaned_data["members"])}


class EffectForm(Form):
    start = DayField(label=_("In effect from"), initial=dates.today)
