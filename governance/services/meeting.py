"""A meeting's life: planned, invited to, opened, closed; called off, without a quorum, called a second time."""

import datetime

import pyotp
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import add_months, long_date
from core.models import Topic, User
from core.notices import tell_all
from core.permissions import GRANTED, Permission
from governance.errors import GovernanceRefused
from governance.models import AgendaItem, Candidate, Decision, DecisionKind, Invitation, Meeting, MeetingRules
from governance.queries import meeting as queries
from governance.queries.attendance import quorum
from governance.services import agenda
from governance.services.announcement import tell_members
from governance.services.decision import from_agenda_item, require
from members.models import Member

State = Meeting.State


# -- planned ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_meeting(
    *,
    on: datetime.date,
    kind: str,
    place: str,
    as_of: datetime.date,
    by: User | None,
    starts_at: datetime.time | None = None,
    reason: str = "",
    second_of: Meeting | None = None,
) -> Meeting:
    """Plan a meeting for a day to come. One meeting a day; an extraordinary one says why it is called."""
    if on < as_of:
        raise GovernanceRefused(_("A meeting is planned for today or a later day."), field="on")
    if kind == Meeting.Kind.EXTRAORDINARY and not reason.strip():
        raise GovernanceRefused(
            _("Say why it is called: an extraordinary meeting has an urgent reason (UU 25/1992 art. 27)."),
            field="reason",
        )
    meeting = Meeting(on=on, kind=kind, place=place, reason=reason.strip(), second_of=second_of)
    if starts_at:
        meeting.starts_at = starts_at
    _write(meeting)
    audit.record("meeting.planned", meeting, by=by, on=on, kind=kind, reason=meeting.reason)
    return meeting


@transaction.atomic
def plan_next(*, on: datetime.date) -> Meeting | None:
    """Every morning: the meeting of the month appears by itself, some weeks ahead; in its month, the annual one.

    Where it falls on a public holiday, chair and secretary are told: the board may decide to move it.
    """
    rules = MeetingRules.objects.current(on)
    day = queries.regular_day(on, rules)
    month = (day.replace(day=1), add_months(day.replace(day=1), 1))
    regular = Meeting.objects.exclude(kind=Meeting.Kind.EXTRAORDINARY)
    if (day - on).days > rules.planned_days or regular.filter(on__gte=month[0], on__lt=month[1]).exists():
        return None
    if Meeting.objects.standing().filter(on=day).exists():
        return None
    last = Meeting.objects.standing().filter(on__lt=day).order_by("-on").first()
    meeting = plan_meeting(
        on=day,
        kind=Meeting.Kind.ANNUAL if day.month == rules.annual_month else Meeting.Kind.MONTHLY,
        place=last.place if last else settings.COOPERATIVE_ADDRESS[:120],
        starts_at=last.starts_at if last else None,
        as_of=on,
        by=None,
    )
    if holiday := queries.holiday(day):
        text = _("The meeting on {day} falls on a public holiday: {holiday}. The board may decide to move it.")
        _tell_officers(meeting, text.format(day=long_date(day), holiday=holiday))
    return meeting


@transaction.atomic
def hold_meeting(
    *,
    on: datetime.date,
    by: User,
    kind: str = Meeting.Kind.MONTHLY,
    place: str = "",
) -> Meeting:
    """Write down afterwards that the members met, as on paper: it has no agenda, and nothing is decided by it."""
    first = Member.objects.order_by("entered_on").exclude(entered_on=None).values_list("entered_on", flat=True).first()
    if first and on < first:
        raise GovernanceRefused(
            _("The first member entered on {day}. There was no meeting before.").format(day=long_date(first)),
            field="on",
        )
    meeting = Meeting(on=on, kind=kind, place=place, state=State.CLOSED)
    _write(meeting)
    audit.record("meeting.held", meeting, by=by, on=on, kind=kind)
    return meeting


def _write(meeting: Meeting) -> None:
    if Meeting.objects.standing().filter(on=meeting.on).exists():
        raise _second_meeting(meeting.on)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as error:
        raise _second_meeting(meeting.on) from error


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, to: datetime.date, place: str, decided_in: Decision, as_of: datetime.date, by: User
) -> Meeting:
    """Move a meeting that has not begun to another day or place, as it was decided. Who was invited is told."""
    meeting = locked(meeting)
    if not meeting.is_ahead:
        raise GovernanceRefused(_("A meeting that has begun is not moved. Close it, and plan another one."))
    if to < as_of:
        raise GovernanceRefused(_("A meeting is planned for today or a later day."), field="to")
    require(decided_in, kind=DecisionKind.MEETING, subject=meeting, on=as_of, field="decided_in")
    if to != meeting.on and Meeting.objects.standing().filter(on=to).exists():
        raise _second_meeting(to, field="to")
    before = meeting.on
    meeting.on, meeting.place = to, place
    next_version(meeting, "on", "place")
    audit.record("meeting.moved", meeting, by=by, before=before, on=to, decision=decided_in)
    if meeting.state == State.INVITED:
        text = _("The meeting of {before} is moved to {day}, {place}.")
        words = text.format(before=long_date(before), day=long_date(to), place=place)
        _tell_invited(meeting, words, title=_("The meeting is moved"), on=as_of, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, on: datetime.date, by: User) -> Meeting:
    """Call off a meeting that has not begun. Its items wait for the next one."""
    meeting = locked(meeting)
    if not meeting.is_ahead:
        raise GovernanceRefused(_("A meeting that has begun cannot be called off. Close it."))
    was_invited = meeting.state == State.INVITED
    agenda.postpone_waiting(meeting)
    _step(meeting, State.CANCELLED, "meeting.cancelled", by=by, reason=reason)
    if was_invited:
        text = _("The meeting on {day} is called off: {reason}")
        words = text.format(day=long_date(meeting.on), reason=reason)
        _tell_invited(meeting, words, title=_("The meeting is called off"), on=on, by=by)
    return meeting


# -- invited ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(meeting: Meeting, *, on: datetime.date, by: User) -> Meeting:
    """Invite every member, with what waits on the agenda, in the time that the rules of the meetings leave them."""
    meeting = locked(meeting)
    if meeting.state != State.PLANNED:
        raise GovernanceRefused(_("The invitations are out already."))
    days = 0 if meeting.is_second else MeetingRules.objects.current(meeting.on).notice(meeting.kind)
    if (meeting.on - on).days < days:
        raise GovernanceRefused(
            _("Members are invited at least {days} days before. Move the meeting to a later day.").format(days=days)
        )
    agenda.fill_agenda(meeting, by=by)
    members = list(Member.objects.entered(as_of=meeting.on).select_related("user").order_by("pk"))
    if not members:
        raise GovernanceRefused(_("There are no members to invite yet."))
    Invitation.objects.bulk_create(Invitation(meeting=meeting, member=member, invited_on=on) for member in members)
    _step(meeting, State.INVITED, "meeting.invited", by=by, count=len(members), on=on)
    text = _("You are invited: {meeting}, {time}, {place}. Read the agenda, and say if you cannot come.").format(
        meeting=meeting, time=date_format(meeting.starts_at, "H.i"), place=meeting.place
    )
    tell_members(Topic.MEETING, text, title=_("Invitation"), url=_page(meeting), on=on, by=by, members=members)
    return meeting


# -- the evening -----------------------------------------------------------------------------------------------------


@transaction.atomic
def open_meeting(meeting: Meeting, *, on: datetime.date, by: User) -> Meeting:
    """Open the meeting on its day: from now on attendance is taken and items are voted on."""
    meeting = locked(meeting)
    if meeting.state == State.PLANNED:
        raise GovernanceRefused(_("Nobody has been invited yet. Send the invitations first."))
    if meeting.state != State.INVITED:
        raise GovernanceRefused(_("This meeting was opened already."))
    if on != meeting.on:
        raise GovernanceRefused(
            _("The meeting is on {day}. It is opened on that day.").format(day=long_date(meeting.on))
        )
    if Meeting.objects.filter(state=State.OPEN).exists():
        raise GovernanceRefused(_("Another meeting is still open. Close it first."))
    meeting.code_secret = pyotp.random_base32()
    _step(meeting, State.OPEN, "meeting.opened", "code_secret", by=by)
    return meeting


@transaction.atomic
def declare_without_quorum(meeting: Meeting, *, by: User) -> Meeting:
    """Too few members came: nothing can be decided, and a second meeting follows as the statutes say."""
    meeting = locked(meeting)
    _must_be_open(meeting)
    found = quorum(meeting)
    if found.is_reached:
        raise GovernanceRefused(
            _("{present} of {entitled} members are present: that is a quorum.").format(
                present=found.present, entitled=found.entitled
            )
        )
    if meeting.items.filter(state__in=[AgendaItem.State.VOTING, *AgendaItem.COUNTED]).exists():
        raise GovernanceRefused(_("Something was voted on already. Close the meeting instead."))
    agenda.postpone_waiting(meeting)
    meeting.code_secret = ""
    facts = {"present": found.present, "entitled": found.entitled}
    _step(meeting, State.FAILED, "meeting.failed", "code_secret", by=by, **facts)
    return meeting


@transaction.atomic
def call_second(meeting: Meeting, *, on: datetime.date, as_of: datetime.date, by: User) -> Meeting:
    """Plan the second meeting after one without a quorum, with the same agenda; its quorum is that of a second call."""
    meeting = locked(meeting)
    if meeting.state != State.FAILED:
        raise GovernanceRefused(_("A second meeting follows one that had no quorum."))
    if Meeting.objects.filter(second_of=meeting).exists():
        raise GovernanceRefused(_("The second meeting is planned already."))
    earliest = meeting.on + datetime.timedelta(days=MeetingRules.objects.current(meeting.on).second_after_days)
    if on < earliest:
        raise GovernanceRefused(
            _("The second meeting is on {day} at the earliest.").format(day=long_date(earliest)), field="on"
        )
    second = plan_meeting(
        on=on,
        kind=meeting.kind,
        place=meeting.place,
        starts_at=meeting.starts_at,
        reason=meeting.reason,
        second_of=meeting,
        as_of=as_of,
        by=by,
    )
    for item in meeting.items.filter(state=AgendaItem.State.POSTPONED).order_by("position", "pk"):
        agenda.take_over(item, second)
    return second


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Close the meeting: what passed becomes decisions, what was not reached waits for the next one."""
    meeting = locked(meeting)
    _must_be_open(meeting)
    if meeting.items.filter(state=AgendaItem.State.VOTING).exists():
        raise GovernanceRefused(_("A vote is still running. Count it or withdraw the item first."))
    agenda.postpone_waiting(meeting)
    meeting.code_secret = ""
    present = meeting.attendances.counted().count()
    _step(meeting, State.CLOSED, "meeting.closed", "code_secret", by=by, present=present)
    passed = list(meeting.items.filter(state=AgendaItem.State.PASSED).order_by("position", "pk"))
    for item in passed:
        _decided(item, meeting, by=by)
    if passed:
        text = _("The meeting of {day} has decided. Read its decisions.").format(day=long_date(meeting.on))
        url = reverse("governance:decisions")
        tell_members(Topic.DECISION, text, title=_("Decisions of the meeting"), url=url, on=meeting.on, by=by)
    return meeting


def _decided(item: AgendaItem, meeting: Meeting, *, by: User) -> None:
    elected = Candidate.objects.filter(item=item, is_elected=True).select_related("member").first()
    item.decision = from_agenda_item(
        item,
        organ=meeting.organ,
        decided_on=meeting.on,
        title=_("{title}: {name}").format(title=item.title, name=elected)[:160] if elected else item.title,
        text=item.text or item.title,
        entitled=item.entitled,
        present=item.present,
        in_favour=item.in_favour,
        against=item.against,
        abstained=item.abstained,
        by_consensus=item.how == AgendaItem.How.CONSENSUS,
        second_call=meeting.is_second,
        subject=elected.member if elected else None,
        by=by,
    )
    item.save(update_fields=["decision"])
    if item.kind == DecisionKind.MEETING and item.detail == agenda.MINUTES and isinstance(item.subject, Meeting):
        _approve_minutes(locked(item.subject), item, by=by)


def _approve_minutes(earlier: Meeting, item: AgendaItem, *, by: User) -> None:
    if earlier.state == State.CLOSED and earlier.minutes.exists():
        _step(earlier, State.APPROVED, "minutes.approved", by=by, decision=item.decision)


# -- what all share --------------------------------------------------------------------------------------------------


def locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def next_version(meeting: Meeting, *changed: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version", *changed])


def _step(meeting: Meeting, state: str, action: str, *changed: str, by: User | None, **facts) -> None:
    meeting.state = state
    next_version(meeting, "state", *changed)
    audit.record_all(action, [(meeting, facts)], by=by)


def _must_be_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise GovernanceRefused(_("The meeting is not open."))


def _tell_invited(meeting: Meeting, text: str, *, title: str, on: datetime.date, by: User) -> None:
    invited = Member.objects.filter(invitations__meeting=meeting).select_related("user").order_by("pk")
    tell_members(Topic.MEETING, text, title=title, url=_page(meeting), on=on, by=by, members=invited)


def _page(meeting: Meeting) -> str:
    return reverse("governance:meeting", args=[meeting.pk])


def _tell_officers(meeting: Meeting, text: str) -> None:
    roles = [role for role, verbs in GRANTED.items() if Permission.MEETING_RECORD in verbs]
    url = _page(meeting)
    tell_all((user, text, url) for user in User.objects.filter(role__in=roles, is_active=True).order_by("pk"))


def _second_meeting(on: datetime.date, field: str = "on") -> GovernanceRefused:
    return GovernanceRefused(
        _("A meeting on {day} is recorded already. Open that one.").format(day=long_date(on)), field=field
    )
