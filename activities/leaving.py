"""Dues that have to be paid before a member leaves (`loans.leaving`)."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.queries import dues_owed
from core.money import format_rupiah
from loans import leaving
from loans.leaving import Obstacle
from members.models import Member


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    owed = dues_owed(member, as_of=leaving.counts_until(member, as_of=as_of))
    if not owed:
        return []
    text = _("{amount} of dues are owed; receive them first").format(amount=format_rupiah(owed))
    return [Obstacle(text, reverse("activities:dues-of", args=[member.pk]))]
