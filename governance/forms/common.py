"""What a decision, or a resolution of the board, is about: the kind is known, the thing is chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from governance.models import Decision, DecisionKind, Office
from governance.queries.decision import ONE_THING, things


class AboutForm(Form):
    about = forms.ModelChoiceField(label=_("What is it about?"), queryset=Decision.objects.none())
    detail = forms.ChoiceField(label=_("Office"), choices=[(role.value, role.label) for role in Office.ROLES])

    def __init__(self, *args, kind: str, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        about = self.fields["about"]
        about.queryset = things(kind, as_of=on)
        about.required = kind in ONE_THING
        if not about.required:
            about.empty_label = _("everything of this kind")
        if kind not in (*ONE_THING, DecisionKind.RULES, DecisionKind.DUES, DecisionKind.STATUTES):
            del self.fields["about"]
        if kind != DecisionKind.ELECTION:
            del self.fields["detail"]

    @property
    def facts(self):
        facts = super().facts
        subject = facts.pop("about", None)
        return facts | {"kind": self.kind, "subject": subject}
