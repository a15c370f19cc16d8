"""Forms of a case: a report, a conversation, an agreement, an answer, a decision, a sanction."""

import datetime

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField
from core.forms import Form
from core.uploads import PaperField
from governance.models import Case, CaseStep, Decision, DecisionKind
from members.models import Member


def _words(label, help_text="", rows=5):
    return forms.CharField(
        label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class CaseFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, name or title"))
    kind = django_filters.ChoiceFilter(choices=Case.Kind, label=_("about"), empty_label=_("everything"))
    state = django_filters.ChoiceFilter(
        choices=[("open", _("open")), ("ended", _("ended"))],
        method="in_state",
        label=_("state"),
        empty_label=_("open and ended"),
    )

    class Meta:
        model = Case
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(number__icontains=value) | Q(title__icontains=value) | Q(member__name__icontains=value))

    def in_state(self, rows, name, value):
        return rows.open(as_of=today()) if value == "open" else rows.ended(as_of=today())


class ReportForm(Form):
    member = forms.ModelChoiceField(label=_("Whom does it concern?"), queryset=Member.objects.none())
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Case.Kind)
    title = forms.CharField(label=_("In one line"), max_length=160)
    happened_on = PastDayField(label=_("When?"))
    place = forms.CharField(label=_("Where?"), max_length=120)
    text = _words(_("What happened?"), _("What you saw yourself, with the day. The board talks with the member first."))

    evidence = PaperField(
        label=_("Evidence"), required=False, help_text=_("A photo or paper, if there is one. Only officers see it.")
    )

    def __init__(self, *args, by, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        members = Member.objects.entered(as_of=as_of).exclude(user=by)
        self.fields["member"].queryset = members.order_by("name")


class AnswerForm(Form):
    text = _words(_("Your answer"), _("The officers read it. No other member does."))


class TalkForm(Form):
    text = _words(_("What was said?"), _("Where, who was there, what both sides said. The member reads it too."))
    on = PastDayField(label=_("Talked on"))


class AgreementForm(Form):
    text = _words(_("What was agreed?"), _("What the member will do, in a way that can be kept."))
    due_on = DayField(label=_("Until when?"))
    on = PastDayField(label=_("Agreed on"))


class AgendaForm(Form):
    text = _words(_("What is the meeting asked?"), rows=3)
    due_on = DayField(label=_("Meeting on"), help_text=_("The members meet on the 12th."))

    def __init__(self, *args, meeting: datetime.date, **kwargs):
        super().__init__(*args, initial={"due_on": meeting}, **kwargs)


class DecisionStepForm(Form):
    decision = forms.ModelChoiceField(label=_("Decision"), queryset=Decision.objects.none())
    text = _words(_("What does it mean for the member?"), rows=3)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        decisions = Decision.objects.about(DecisionKind.SANCTION, case, on=today())
        self.fields["decision"].queryset = decisions.filter(decided_on__gte=case.opened_on)


class SanctionForm(DecisionStepForm):
    sanction = forms.ChoiceField(label=_("Sanction"), choices=CaseStep.Sanction)
    until = DayField(label=_("Until"), required=False, help_text=_("Leave it empty: until the member is restored."))

    field_order = ["decision", "sanction", "until", "text"]


class EndingForm(Form):
    text = _words(_("In one or two sentences"), rows=3)
