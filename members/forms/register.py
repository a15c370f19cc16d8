"""How the register is searched."""

import datetime
import re

import django_filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import queries
from members.models import Member, Product, SizeClass, Skill


class MemberFilter(django_filters.FilterSet):
    """The register by name, number or business, and by what somebody is, makes, employs, can and lives."""

    search = django_filters.CharFilter(label=_("Name, number or business"), method="matching")
    standing = django_filters.ChoiceFilter(
        label=_("State"), choices=queries.Standing.choices, empty_label=_("all"), method="of_standing"
    )
    product = django_filters.ChoiceFilter(
        label=_("Product"), choices=Product.choices, empty_label=_("all"), method="making"
    )
    size = django_filters.ChoiceFilter(
        label=_("Size of business"), choices=SizeClass.choices, empty_label=_("all"), method="of_size"
    )
    skill = django_filters.ModelChoiceFilter(
        label=_("Skill"),
        queryset=lambda request: Skill.objects.order_by("name"),
        empty_label=_("all"),
        field_name="business__skills",
    )
    place = django_filters.CharFilter(label=_("RT/RW"), method="living")
    ordering = django_filters.OrderingFilter(
        label=_("Order"),
        fields={"number": "number", "name": "name", "business__name": "business", "entered_on": "entered"},
        choices=[
            ("number", _("by number")),
            ("name", _("by name")),
            ("business", _("by business")),
            ("-entered", _("newest first")),
        ],
        empty_label=None,
    )

    class Meta:
        model = Member
        fields = []

    def __init__(self, data, *, queryset, as_of: datetime.date, **kwargs):
        self.as_of = as_of
        super().__init__(data, queryset=queries.with_workers(queryset, as_of=as_of), **kwargs)

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows.order_by(*[nulls_last(term) for term in rows.query.order_by or ["number"]], "name", "pk")

    def matching(self, rows, name, value):
        """Every word must be found somewhere; `tas` finds the makers of bags too."""
        for word in value.split()[:8]:
            found = Q(name__icontains=word) | Q(business__name__icontains=word)
            if word.isdecimal() and len(word) <= 9:
                found |= Q(number=int(word))
            kinds = [code for code, label in Product.choices if word.lower() in str(label).lower()]
            if kinds and len(word) > 2:
                found |= Q(business__products__overlap=kinds)
            rows = rows.filter(found)
        return rows

    def of_standing(self, rows, name, value):
        return queries.of_standing(rows, value, as_of=self.as_of)

    def making(self, rows, name, value):
        return rows.filter(business__products__contains=[value])

    def of_size(self, rows, name, value):
        low, high = {SizeClass.MICRO: (1, 4), SizeClass.SMALL: (5, 19), SizeClass.LARGER: (20, 10**6)}[value]
        return rows.filter(workers__range=(low, high))

    def living(self, rows, name, value):
        """`54` is RT or RW 054, `54/13` is RT 054 in RW 013."""
        numbers = [number.zfill(3) for number in re.findall(r"\d{1,3}", value)[:2]]
        if len(numbers) == 2:
            return rows.filter(rt=numbers[0], rw=numbers[1])
        return rows.filter(Q(rt=numbers[0]) | Q(rw=numbers[0])) if numbers else rows.none()


def nulls_last(term: str):
    return F(term[1:]).desc(nulls_last=True) if term.startswith("-") else F(term).asc(nulls_last=True)
