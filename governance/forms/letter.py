"""Forms about letters: the filter, signing, delivery, the member's answer."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import long_date
from core.fields import PastDayField
from core.forms import Form
from governance.models import Letter


class LetterFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, name or subject"))
    state = django_filters.ChoiceFilter(
        choices=[
            ("to_send", _("to sign")),
            ("on_the_way", _("to hand over")),
            ("delivered", _("handed over")),
            ("withdrawn", _("no longer needed")),
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
            day=long_date(letter.due_on),
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
