"""What the list of reminders is asked for."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DateInput, DayField
from governance.models import LadderRules


class OwingForm(forms.Form):
    """What the list of reminders shows: overdue today or due by a day, of which kind, whose."""

    search = forms.CharField(label=_("Search name"), required=False)
    kind = forms.ChoiceField(
        label=_("about"), choices=[("", _("everything")), *LadderRules.Kind.choices], required=False
    )
    until = DayField(label=_("Due by"), required=False, widget=DateInput)

    @classmethod
    def asked(cls, query, *, until: datetime.date):
        form = cls(query.dict() | ({} if query.get("until") else {"until": until.isoformat()}))
        form.facts = {"until": until, "kind": "", "search": ""}
        if form.is_valid():
            form.facts |= {name: value for name, value in form.cleaned_data.items() if value}
        return form
