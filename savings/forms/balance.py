"""What to look for in the list of everybody's savings."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member


class SavingsFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Name or number"))
    ordering = django_filters.OrderingFilter(
        fields=[("number", "number"), ("name", "name"), ("saved", "saved"), ("voluntary", "voluntary")],
        label=_("Order"),
        choices=[
            ("number", _("by member number")),
            ("name", _("by name")),
            ("-saved", _("most savings first")),
            ("-voluntary", _("most voluntary savings first")),
        ],
        empty_label=None,
    )

    class Meta:
        model = Member
        fields = []

    def matching(self, rows, name, value):
        found = Q(name__icontains=value)
        return rows.filter(found | Q(number=int(value)) if value.isdecimal() and len(value) < 9 else found)
