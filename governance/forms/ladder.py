"""What people type about letters: which they look for, how one was handed over, what a member answers."""

import datetime

import django_filters
from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import DateInput, DayField, PastDayField
from core.forms import Form
from governance.models import LadderRules, Letter


class LetterFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, name or subject"))
    state = django_filters.ChoiceFilter(
        choices=[
            ("to_send", _("to sign")),
            ("on_the_way", _("to hand over")),
            ("delivered", _("handed over")),
            ("withdrawn", _("not needed any more")),
        ],
        method="in_state",
        label=_("state"),
        empty_label=_("all letters"),
    )

    class Meta:
        model = Letter
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(number__icontains=value) | Q(title__icontains=value) | Q(member__name__icontains=value))

    def in_state(self, rows, name, value):
        if value == "to_send":
            return rows.to_send()
        if value == "on_the_way":
            return rows.on_their_way()
        return rows.filter(**{f"{value}_on__isnull": False})


class SignForm(Form):
    """Which of the letters that wait are signed together: all of them, where nobody says otherwise."""

    AT_ONCE = 100

    letters = forms.ModelMultipleChoiceField(
        label=_("Letters to sign"),
        queryset=Letter.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one letter.")},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Letter.objects.to_send().exclude(member__user=by).select_related("member").order_by("due_on", "pk")
        field = self.fields["letters"]
        field.label_from_instance = self.said
        keys = list(rows.values_list("pk", flat=True)[: self.AT_ONCE])
        field.queryset, field.initial = rows.filter(pk__in=keys), keys

    @staticmethod
    def said(letter) -> str:
        return _("{name}: letter {step}, {title}, {amount}, due since {day}").format(
            name=letter.member.name,
            step=letter.step,
            title=letter.title,
            amount=letter.amount,
            day=date_format(letter.due_on, "j F Y"),
        )


class DeliveryForm(Form):
    delivered_on = PastDayField(label=_("Handed over on"))
    delivered_how = forms.ChoiceField(label=_("How"), choices=Letter.How)
    delivered_to = forms.CharField(
        label=_("To whom"), max_length=120, required=False, help_text=_("Empty: to the member.")
    )


class LetterAnswerForm(Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What would help? The officers read it. No other member does."),
    )


class OwingForm(forms.Form):
    """What the reminder list shows: late today or due by a day, of which kind, whose."""

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
