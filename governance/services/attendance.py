"""Saying who came to a meeting: ticked on the list, or by the member's phone with the code of the minute."""

from collections.abc import Iterable

import pyotp
from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, dates
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Attendance, Invitation, Meeting, Vote
from members.models import Member

CODE_SECONDS = 60
MOST_WRONG_CODES = 5


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, members: Iterable[Member], by: User, shown: Iterable[int] | None = None
) -> Meeting:
    """Say who came: whoever of `members` was not `shown` as present comes in, whoever was shown and is not among them

    goes out. Whoever came in by phone meanwhile stays. Without `shown`, exactly `members` came.
    """
    _in_time(meeting)
    ticked = {member.pk for member in members}
    there = set(meeting.attendances.values_list("member_id", flat=True))
    out = (there if shown is None else there & set(shown)) - ticked
    come = ticked - there
    strangers = Member.objects.filter(pk__in=come).exclude(pk__in=Member.objects.entered(as_of=meeting.on).values("pk"))
    if stranger := strangers.first():
        raise _no_member(stranger, meeting)
    if voter := Vote.objects.filter(attendance__meeting=meeting, attendance__member__in=out).first():
        raise GovernanceRefused(
            _("{name} has voted in this meeting and stays on the list.").format(name=voter.attendance.member.name)
        )
    Attendance.objects.filter(meeting=meeting, member__in=out).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member_id=pk) for pk in sorted(come))
    if come or out:
        count = len(there - out | come)
        audit.record("meeting.attended", meeting, by=by, count=count, before=len(there))
    return meeting


def code_of(meeting: Meeting) -> str:
    """The six digits of this minute, for the screen in the room; nothing unless the meeting is open."""
    return _clock(meeting).at(dates.now()) if meeting.code_secret else ""


@transaction.atomic
def check_in(meeting: Meeting, member: Member, *, code: str, device: str, by: User) -> Attendance | None:
    """A member says with their own phone that they are here. None for a wrong code, which is counted.

    Where the same phone has spoken for another member already, the officers are asked before it counts.
    """
    if by.pk != member.user_id:
        raise GovernanceRefused(_("Everybody checks in with their own login, nobody for another."))
    if not meeting.is_open or not meeting.code_secret:
        raise GovernanceRefused(_("The meeting is not open."))
    if not member.belongs(on=meeting.on):
        raise _no_member(member, meeting)
    invitation = Invitation.objects.select_for_update(no_key=True).filter(meeting=meeting, member=member).first()
    if invitation and invitation.wrong_codes >= MOST_WRONG_CODES:
        raise GovernanceRefused(_("Too many wrong codes. Ask an officer to tick your name."))
    if not _clock(meeting).verify(code, for_time=dates.now(), valid_window=1):
        if invitation:
            invitation.wrong_codes += 1
            invitation.save(update_fields=["wrong_codes"])
        return None
    with connection.cursor() as cursor:  # two on one phone at the same moment: the second sees the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"governance.device.{device}"])
    asked = meeting.attendances.filter(device=device).exclude(member=member).exists()
    try:
        with transaction.atomic():
            attendance = Attendance.objects.create(
                meeting=meeting, member=member, how=Attendance.How.CODE, device=device, asked=asked
            )
    except IntegrityError as error:
        raise GovernanceRefused(_("You are on the list already.")) from error
    if asked:
        audit.record("meeting.shared_phone", meeting, by=by, member=member)
    return attendance


@transaction.atomic
def answer_shared_phone(attendance: Attendance, *, is_here: bool, by: User) -> None:
    """An officer has looked: the member is in the room and counts, or is not and is taken off the list."""
    attendance = (
        Attendance.objects.select_for_update(of=["self"]).select_related("member", "meeting").get(pk=attendance.pk)
    )
    _in_time(attendance.meeting)
    if attendance.member.user_id == by.pk:
        raise GovernanceRefused(_("This is about yourself. Another officer answers."))
    if not attendance.asked:
        raise GovernanceRefused(_("Somebody has answered this already."))
    audit.record("meeting.shared_phone_answered", attendance.meeting, by=by, member=attendance.member, is_here=is_here)
    if is_here:
        attendance.asked = False
        attendance.save(update_fields=["asked"])
    else:
        attendance.delete()


def _clock(meeting: Meeting) -> pyotp.TOTP:
    return pyotp.TOTP(meeting.code_secret, interval=CODE_SECONDS)


def _in_time(meeting: Meeting) -> None:
    meeting.refresh_from_db(fields=["state", "on"])
    if meeting.state not in (Meeting.State.OPEN, Meeting.State.CLOSED):
        raise GovernanceRefused(
            _("Attendance is taken while the meeting is open, and put right until its minutes are approved.")
        )


def _no_member(member: Member, meeting: Meeting) -> GovernanceRefused:
    return GovernanceRefused(
        _("{name} was not a member on {day}.").format(name=member.name, day=date_format(meeting.on, "j F Y"))
    )
