"""The filter of the list of receipts."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.forms.statement import DayFilter
from ledger.models import Receipt


class ReceiptFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, name or purpose"))
    direction = django_filters.ChoiceFilter(
        choices=Receipt.Direction, label=_("direction"), empty_label=_("received and paid out")
    )
    first = DayFilter("issued_on", "gte", label=_("from"))
    last = DayFilter("issued_on", "lte", label=_("until"))

    class Meta:
        model = Receipt
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(number__icontains=value) | Q(party__icontains=value) | Q(purpose__icontains=value))
