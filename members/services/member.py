"""Correcting, reading and exporting the particulars of a member, and leaving."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Role
from members.errors import MemberRefused
from members.models import Member
from members.services import changes
from members.services.rows import locked, refuse_stale, save_once


@transaction.atomic
def leave(member: Member, *, on: datetime.date, reason: str, by: User) -> Member:
    """End the membership and close the login. What is owed and saved is settled in `departures`.

    Raises MemberRefused for somebody who is no member, and while the login is that of an officer who lives.
    """
    member = locked(member)
    if not member.entered_on or member.left_on:
        raise MemberRefused(_("{name} is not a member now.").format(name=member.name))
    if on < member.entered_on:
        raise MemberRefused(_("The day of leaving cannot lie before the day of entry."), field="on")
    if member.user and member.user.role != Role.MEMBER and reason != Member.LeavingReason.DEATH:
        raise MemberRefused(_("{name} holds an office. End the term first.").format(name=member.name))
    member.left_on, member.leaving_reason = on, reason
    member.save(update_fields=["left_on", "leaving_reason"])
    if member.user:
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
    audit.record("member.left", member, by=by, on=on, reason=str(Member.LeavingReason(reason).label))
    return member


PARTICULARS = ["name", "nik", "born_on", "is_woman", "phone", "address", "rt", "rw"]


@transaction.atomic
def correct(member: Member, *, version: int, by: User, **particulars) -> Member:
    """Correct what is recorded about a person; the trail keeps the earlier values.

    `particulars` are any of PARTICULARS; those left out stay. Raises MemberRefused for a stale page.
    """
    member = locked(member)
    refuse_stale(member, version)
    changed = changes.make(member, {name: particulars[name] for name in PARTICULARS if name in particulars})
    if changed:
        save_once(member)
        audit.record("member.corrected", member, by=by, **changes.facts(member, changed))
    return member


@transaction.atomic
def read_nik(member: Member, *, by: User) -> str:
    """The NIK in full, and a line in the trail that it was read."""
    audit.record("member.nik_read", member, by=by)
    return member.nik or ""


@transaction.atomic
def take_data_out(member: Member, *, by: User) -> None:
    """Note that somebody took out everything the register holds about a person."""
    audit.record("member.exported", member, by=by)


@transaction.atomic
def take_register_out(*, rows: int, nik_in_full: bool, by: User) -> None:
    """Note that the register left the house as a file, and whether the NIKs in it were whole."""
    audit.record("register.exported", by, by=by, rows=rows, nik_in_full=nik_in_full)
