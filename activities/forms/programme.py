"""The shape of what people type about programmes."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.forms.common import paying_field, source_field
from activities.models import Participant, Programme, Source
from core.fields import DayField, PastDayField, RupiahFormField
from core.forms import Form
from ledger.forms.common import AmountField
from members.models import Member, Skill


class ProgrammeFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(label=_("Title or leader"), method="find")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Programme.Kind, empty_label=_("all"))

    def find(self, rows, _name, value):
        return rows.filter(Q(title__icontains=value) | Q(mentor__icontains=value))

    class Meta:
        model = Programme
        fields = []


class ProgrammeForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Programme.Kind)
    title = forms.CharField(label=_("What is it called?"), max_length=120)
    goal = forms.CharField(
        label=_("What is it meant to achieve?"), max_length=300, help_text=_("For example: ten members can last pumps.")
    )
    planned_on = DayField(label=_("When"))
    place = forms.CharField(label=_("Where"), max_length=120)
    mentor = forms.CharField(label=_("Who leads it?"), max_length=120)
    skill = forms.ModelChoiceField(
        Skill.objects.order_by("name"),
        label=_("Skill it teaches"),
        required=False,
        help_text=_("The register records it for everybody who comes."),
    )
    places = forms.IntegerField(label=_("How many can come?"), required=False, min_value=1, max_value=1000)
    budget = RupiahFormField(label=_("Budget"), required=False, minimum=0)

    def clean_budget(self):
        return self.cleaned_data["budget"] or 0


class HoldForm(Form):
    on = PastDayField(label=_("Held on"))
    came = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("Who came?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    result = forms.CharField(
        label=_("What was the outcome?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )

    def __init__(self, *args, programme: Programme, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        signed = Participant.objects.filter(programme=programme).values("member")
        self.fields["came"].queryset = Member.objects.entered(as_of=as_of).order_by("name")
        self.fields["came"].initial = list(Member.objects.filter(pk__in=signed).values_list("pk", flat=True))


class ExpenseForm(Form):
    what = forms.CharField(label=_("For what?"), max_length=120)
    to = forms.CharField(label=_("Paid to"), max_length=120)
    amount = AmountField(label=_("Amount"), of="programme_expense:%:paid")
    source = source_field(Source.RUNNING, Source.EDUCATION)
    channel = paying_field()
    on = PastDayField(label=_("Paid on"))
