"""Visits in numbers, as everybody may read them."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from activities.models import Visit


@dataclass(frozen=True)
class VisitsOfYear:
    count: int
    to_neighbours: int
    given: int


def visits_of_year(year: int) -> VisitsOfYear:
    """How many there were, how many of them to neighbours who are no members, and what was given; no names."""
    return VisitsOfYear(
        **Visit.objects.unreversed()
        .filter(on__year=year)
        .aggregate(
            count=Count("pk"),
            to_neighbours=Count("pk", filter=Q(member=None)),
            given=Sum("amount", default=0),
        )
    )
