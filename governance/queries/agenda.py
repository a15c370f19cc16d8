"""The agenda of a meeting, and where a thing stands before the members."""

from django.db import models

from governance.models import AgendaItem, Meeting
from governance.models.subject import named


def items(meeting: Meeting):
    """The items in their order, with their decisions and candidates; three queries whatever their number."""
    found = AgendaItem.objects.filter(meeting=meeting).select_related("decision", "follows")
    return found.prefetch_related("candidates__member").order_by("position", "pk")


def of(thing: models.Model):
    """Every item that was ever about this thing, the newest meeting first."""
    of_type, key = named(thing)
    found = AgendaItem.objects.filter(subject_type=of_type, subject_id=key)
    return found.select_related("meeting", "decision").order_by("-meeting__on", "-pk")


def is_before_the_members(thing: models.Model) -> bool:
    """Whether members are voting on this thing now, or have passed it and it is not in effect yet."""
    return of(thing).filter(state__in=["voting", "passed"], in_effect_from=None).exists()
