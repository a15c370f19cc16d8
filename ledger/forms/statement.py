"""What a statement is asked for: which unit, and which day or span of days."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField
from ledger.models import Unit


class Question(forms.Form):
    """Filters above a statement. What is missing or makes no sense is answered with the usual; the page says so."""

    def __init__(self, data):
        super().__init__({name: data.get(name) or usual for name, usual in self._usual().items()})

    @property
    def answers(self) -> dict:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or usual for name, usual in self._usual().items()}

    def _usual(self) -> dict:
        found = {name: field.initial for name, field in self.base_fields.items()}
        return {name: value() if callable(value) else value for name, value in found.items()}


def first_of_year():
    return dates.today().replace(month=1, day=1)


class DayQuestion(Question):
    as_of = DayField(label=_("as at"), initial=dates.today)


class UnitDayQuestion(Question):
    unit = forms.ChoiceField(label=_("unit"), choices=Unit.choices, initial=Unit.USP.value)
    as_of = DayField(label=_("as at"), initial=dates.today)


class SpanQuestion(Question):
    first = DayField(label=_("from"), initial=first_of_year)
    last = DayField(label=_("until"), initial=dates.today)


class UnitSpanQuestion(Question):
    unit = forms.ChoiceField(label=_("unit"), choices=Unit.choices, initial=Unit.USP.value)
    first = DayField(label=_("from"), initial=first_of_year)
    last = DayField(label=_("until"), initial=dates.today)


class DayFilter(django_filters.DateFilter):
    field_class = DayField
