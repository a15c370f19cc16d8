"""From application to entry: apply, admit or refuse, enter."""

import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, notices
from core.models import User
from core.permissions import GRANTED, Permission
from members.errors import MemberRefused
from members.models import Member
from members.services.rows import locked, save_once


@transaction.atomic
def apply(
    *,
    name: str,
    nik: str | None = None,
    born_on: datetime.date | None = None,
    is_woman: bool | None = None,
    phone: str = "",
    address: str = "",
    rt: str = "",
    rw: str = "",
    on: datetime.date,
    by: User,
) -> Member:
    """Record an application for membership; the board decides (UU 25/1992 art. 30).

    Raises MemberRefused where the NIK belongs to an open application or to somebody who is a member already.
    """
    member = Member(
        name=name, nik=nik or None, born_on=born_on, is_woman=is_woman, phone=phone, address=address, rt=rt, rw=rw
    )
    member.applied_on = on
    save_once(member)
    audit.record("member.applied", member, by=by, on=on)
    _tell_those_who(
        Permission.MEMBER_ADMIT, _("{name} applies for membership. Please decide.").format(name=name), member, but=by
    )
    return member


@transaction.atomic
def admit(member: Member, *, on: datetime.date, by: User) -> Member:
    """The board says yes. Membership begins later, when principal and first mandatory savings are paid: `enter`."""
    member = _undecided(member, on=on, by=by)
    member.admitted_on, member.decided_by = on, by
    member.save(update_fields=["admitted_on", "decided_by"])
    audit.record("member.admitted", member, by=by, on=on)
    _tell_those_who(
        Permission.SAVINGS_JOIN,
        _("{name} is admitted. Principal and first mandatory savings can be received.").format(name=member.name),
        member,
        but=by,
    )
    return member


@transaction.atomic
def refuse(member: Member, *, reason: str, on: datetime.date, by: User) -> Member:
    """The board says no, with a reason the applicant may read and take to the next members' meeting."""
    member = _undecided(member, on=on, by=by)
    if not reason.strip():
        raise MemberRefused(_("Give the reason, so that the applicant can be told."), field="reason")
    member.refused_on, member.decided_by, member.refusal_reason = on, by, reason
    member.save(update_fields=["refused_on", "decided_by", "refusal_reason"])
    audit.record("member.refused", member, by=by, on=on, reason=reason)
    return member


@transaction.atomic
def enter(member: Member, *, on: datetime.date, by: User) -> Member:
    """Put an admitted person into the register under the next number; numbers have no gaps.

    Called by `savings.services.join` in the transaction that took the money.
    """
    member = locked(member)
    if member.entered_on:
        raise MemberRefused(
            _("{name} is a member already, number {number}.").format(name=member.name, number=member.number)
        )
    if not member.admitted_on:
        raise MemberRefused(_("{name} is not admitted. The board decides first.").format(name=member.name))
    if on < member.admitted_on:
        raise MemberRefused(_("The day of entry cannot lie before the day of admission."), field="on")
    member.number, member.entered_on = _next_number(), on
    member.save(update_fields=["number", "entered_on"])
    audit.record("member.entered", member, by=by, on=on, number=member.number)
    return member


def _undecided(member: Member, *, on: datetime.date, by: User) -> Member:
    member = locked(member)
    if member.admitted_on or member.refused_on:
        raise MemberRefused(_("The application of {name} has been decided already.").format(name=member.name))
    if not by.can(Permission.MEMBER_ADMIT):
        raise MemberRefused(_("Only the chair or the secretary decides on applications."))
    if member.user_id == by.pk:
        raise MemberRefused(_("You cannot decide on your own application."))
    if on < member.applied_on:
        raise MemberRefused(_("The decision cannot lie before the application."), field="on")
    return member


def _next_number() -> int:
    """The number after the highest; the lock makes everybody else who enters wait for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.member.number'))")
    return (Member.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _tell_those_who(permission: Permission, text: str, member: Member, *, but: User) -> None:
    roles = [role for role, verbs in GRANTED.items() if permission in verbs]
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk=but.pk):
        notices.tell(officer, text, url=reverse("members:detail", args=[member.pk]))
