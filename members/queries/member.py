"""Members as at a date: their standing, how many there are, doubts about a NIK."""

import datetime

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.permissions import Permission, Role
from members import nik
from members.models import Member


class Standing(models.TextChoices):
    """What somebody in the register is on a day."""

    APPLICANT = "applicant", _("applicant")
    ADMITTED = "admitted", _("admitted, not yet paid")
    MEMBER = "member", _("member")
    LEFT = "left", _("former member")
    REFUSED = "refused", _("refused")


def standing(member: Member, *, as_of: datetime.date) -> Standing:
    if member.has_left(on=as_of):
        return Standing.LEFT
    if member.belongs(on=as_of):
        return Standing.MEMBER
    if member.refused_on:
        return Standing.REFUSED
    return Standing.ADMITTED if member.admitted_on else Standing.APPLICANT


def of_standing(members, standing: Standing | str, *, as_of: datetime.date):
    """Those of `members` that stand so on `as_of`."""
    return {
        Standing.APPLICANT: members.undecided,
        Standing.ADMITTED: members.unpaid,
        Standing.REFUSED: members.refused,
        Standing.MEMBER: lambda: members.entered(as_of=as_of),
        Standing.LEFT: lambda: members.left(as_of=as_of),
    }[Standing(standing)]()


def tallies(*, as_of: datetime.date) -> dict[str, int]:
    """How many stand how on `as_of`: applicants and admitted wait for somebody, members are the cooperative."""
    return Member.objects.aggregate(
        applicants=Count("pk", filter=Q(admitted_on=None, refused_on=None)),
        admitted=Count("pk", filter=Q(admitted_on__isnull=False, entered_on=None)),
        members=Count("pk", filter=Q(entered_on__lte=as_of) & (Q(left_on=None) | Q(left_on__gt=as_of))),
    )


DOUBTS = {
    nik.Doubt.BIRTH: _("The birth date in the NIK differs from the date of birth recorded here."),
    nik.Doubt.SEX: _("The day in the NIK is that of the other sex (women: day + 40)."),
    nik.Doubt.PLACE: _("The first four digits of the NIK are not a known city code."),
}


def nik_doubts(member: Member) -> list[str]:
    """What does not fit between the NIK and the particulars: a reason to look at the card, never to refuse."""
    if not member.nik:
        return []
    return [DOUBTS[doubt] for doubt in nik.doubts(member.nik, born_on=member.born_on, is_woman=member.is_woman)]


def may(member: Member, user: User) -> dict[str, bool]:
    """What `user` may do next about a member: for the buttons of their page. The services ask again."""
    gives_login = user.can(Permission.LOGIN_GIVE) and member.number is not None and member.left_on is None
    undecided = member.admitted_on is None and member.refused_on is None
    return {
        "decide": undecided and user.can(Permission.MEMBER_ADMIT) and member.user_id != user.pk,
        "join": member.admitted_on is not None and member.entered_on is None and user.can(Permission.SAVINGS_JOIN),
        "give_login": gives_login and member.user is None,
        "reset_password": gives_login and member.user is not None and member.user.role == Role.MEMBER,
    }
