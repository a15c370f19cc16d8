"""Questions about the register, each as at a date."""

import datetime

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from members.models import Business, Member, SizeClass, WorkerCount


class Standing(models.TextChoices):
    """What somebody in the register is on a day."""

    APPLICANT = "applicant", _("applicant")
    ADMITTED = "admitted", _("admitted, not yet paid")
    MEMBER = "member", _("member")
    LEFT = "left", _("former member")
    REFUSED = "refused", _("refused")


def standing(member: Member, *, as_of: datetime.date) -> Standing:
    if member.left_on and member.left_on <= as_of:
        return Standing.LEFT
    if member.entered_on and member.entered_on <= as_of:
        return Standing.MEMBER
    if member.refused_on:
        return Standing.REFUSED
    return Standing.ADMITTED if member.admitted_on else Standing.APPLICANT


def of_standing(standing: Standing | str, *, as_of: datetime.date):
    """The members that stand so on `as_of`."""
    rows = Member.objects.all()
    return {
        Standing.APPLICANT: rows.undecided,
        Standing.ADMITTED: rows.unpaid,
        Standing.REFUSED: rows.refused,
        Standing.MEMBER: lambda: rows.entered(as_of=as_of),
        Standing.LEFT: lambda: rows.left(as_of=as_of),
    }[Standing(standing)]()


def size_class(business: Business, *, as_of: datetime.date) -> SizeClass | None:
    """Micro 1-4, small 5-19 workers by the latest count on or before `as_of`; None before the first count (BPS)."""
    count = business.worker_counts.filter(counted_on__lte=as_of).order_by("counted_on").last()
    return count.size_class if count else None


def with_workers(members, *, as_of: datetime.date):
    """`members` annotated with `workers`, the head count of their business on `as_of`; None where never counted."""
    latest = (
        WorkerCount.objects.filter(business__member=OuterRef("pk"), counted_on__lte=as_of)
        .order_by("-counted_on")
        .values(total=F("family") + F("hired"))
    )
    return members.annotate(workers=Subquery(latest[:1]))
