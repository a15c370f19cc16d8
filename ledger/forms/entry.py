"""The filter of the journal."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.forms.statement import DayFilter
from ledger.models import Entry, Unit


class JournalFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search memo or reference"))
    unit = django_filters.ChoiceFilter(choices=Unit, label=_("unit"), empty_label=_("both units"))
    first = DayFilter("date", "gte", label=_("from"))
    last = DayFilter("date", "lte", label=_("until"))

    class Meta:
        model = Entry
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(memo__icontains=value) | Q(reference__icontains=value))
