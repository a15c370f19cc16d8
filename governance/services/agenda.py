"""The agenda: filled with what waits, ordered by hand, items withdrawn, noted, postponed, and put in effect."""

import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from governance import agenda
from governance.errors import GovernanceRefused
from governance.models import AgendaItem, BallotBox, Candidate, DecisionKind, Meeting
from members.models import Member

State = AgendaItem.State
MINUTES = "minutes"
"""What of a meeting an item is about: approving its minutes."""
OPEN_TO_CHANGE = (*Meeting.AHEAD, Meeting.State.OPEN)


@transaction.atomic
def fill_agenda(meeting: Meeting, *, by: User | None) -> int:
    """Put everything that waits for the members on the agenda, each thing once; how many came in."""
    _changeable(meeting)
    known = {(item.kind, item.subject_type, item.subject_id, item.detail) for item in meeting.items.all()}
    added = 0
    for proposed in agenda.waiting(meeting.kind, meeting.on):
        item = _item(meeting, proposed)
        about = (item.kind, item.subject_type, item.subject_id, item.detail)
        # What was withdrawn from this agenda by hand stays out.
        if about in known:
            continue
        known.add(about)
        _append(item)
        added += 1
    if added:
        audit.record("agenda.filled", meeting, by=by, count=added)
    return added


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    text: str = "",
    kind: str = DecisionKind.OTHER,
    subject: models.Model | None = None,
    detail: str = "",
    url: str = "",
    by: User,
) -> AgendaItem:
    """Put something on the agenda by hand."""
    _changeable(meeting)
    proposed = agenda.Proposed(kind=kind, title=title, subject=subject, text=text, url=url, detail=detail)
    item = _item(meeting, proposed)
    try:
        with transaction.atomic():
            _append(item)
    except IntegrityError as error:
        raise GovernanceRefused(_("This stands on the agenda already.")) from error
    audit.record("agenda.added", item, by=by, meeting=meeting)
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User) -> AgendaItem:
    """Move an item one place up or down."""
    _changeable(item.meeting)
    items = AgendaItem.objects.select_for_update(no_key=True).filter(meeting=item.meeting_id)
    rows = list(items.order_by("position", "pk"))
    here = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
    audit.record("agenda.ordered", item.meeting, by=by)
    return item


@transaction.atomic
def withdraw_item(item: AgendaItem, *, reason: str, by: User) -> AgendaItem:
    """Take an item off, before or during its vote: votes cast so far decide nothing, and a sealed box is emptied."""
    item = locked(item)
    _changeable(item.meeting)
    if item.state not in (State.WAITING, State.VOTING):
        raise GovernanceRefused(_("This item is settled already."))
    if not reason.strip():
        raise GovernanceRefused(_("Say why in a few words."), field="reason")
    item.state, item.note = State.WITHDRAWN, reason.strip()
    item.save(update_fields=["state", "note"])
    BallotBox.objects.filter(item=item).delete()
    audit.record("agenda.withdrawn", item, by=by, reason=item.note)
    return item


@transaction.atomic
def note_item(item: AgendaItem, *, note: str, by: User) -> AgendaItem:
    """The item was talked about, and nothing had to be decided."""
    item = locked(item)
    if not item.meeting.is_open:
        raise GovernanceRefused(_("The meeting is not open."))
    if item.state != State.WAITING:
        raise GovernanceRefused(_("This item is settled already."))
    item.state, item.note = State.NOTED, note.strip()
    item.save(update_fields=["state", "note"])
    audit.record("agenda.noted", item, by=by, note=item.note)
    return item


@transaction.atomic
def put_in_effect(item: AgendaItem, *, start: datetime.date, on: datetime.date, by: User) -> AgendaItem:
    """Let a passed item take effect from a day: the price list, the rules, the office, the sanction, the SHU.

    The room that keeps the thing carries it out with the decision, under its own rules.
    """
    item = locked(item)
    if item.decision_id is None:
        raise GovernanceRefused(_("Nothing was decided about this, or the meeting is not closed yet."))
    if item.in_effect_from:
        raise GovernanceRefused(_("This is in effect since {day} already.").format(day=long_date(item.in_effect_from)))
    carry_out = agenda.effect(item.kind)
    subject = item.decision.subject
    if carry_out is None or subject is None:
        raise GovernanceRefused(_("The decision itself is all; nothing else has to be put in effect."))
    if start < item.decision.decided_on:
        raise GovernanceRefused(
            _("The decision was taken on {day}. It takes effect on that day or later.").format(
                day=long_date(item.decision.decided_on)
            ),
            field="start",
        )
    carry_out(subject, decision=item.decision, start=start, on=on, by=by)
    item.in_effect_from, item.in_effect_by = start, by
    item.save(update_fields=["in_effect_from", "in_effect_by"])
    audit.record("agenda.in_effect", item, by=by, start=start, decision=item.decision)
    return item


# -- candidates ------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_candidates(item: AgendaItem, *, members: list[Member], by: User) -> AgendaItem:
    """Who stands for the office: members on the day of the meeting, before the vote begins."""
    item = locked(item)
    if item.kind != DecisionKind.ELECTION or item.state != State.WAITING:
        raise GovernanceRefused(_("Candidates stand for an election that has not begun."))
    for member in members:
        if not member.belongs(on=item.meeting.on):
            raise GovernanceRefused(
                _("{name} is not a member on that day, and cannot stand for an office.").format(name=member.name),
                field="members",
            )
    item.candidates.exclude(member__in=members).delete()
    there = set(item.candidates.values_list("member_id", flat=True))
    Candidate.objects.bulk_create(Candidate(item=item, member=member) for member in members if member.pk not in there)
    audit.record("agenda.candidates", item, by=by, names=", ".join(sorted(member.name for member in members)))
    return item


# -- what the meeting does with its items ----------------------------------------------------------------------------


def postpone_waiting(meeting: Meeting) -> None:
    meeting.items.filter(state=State.WAITING).update(state=State.POSTPONED)


def take_over(item: AgendaItem, meeting: Meeting, *, candidates: list[Candidate] | None = None) -> AgendaItem:
    """The same item once more, in a later meeting or after a tie."""
    again = AgendaItem(
        meeting=meeting,
        kind=item.kind,
        subject_type=item.subject_type,
        subject_id=item.subject_id,
        detail=item.detail,
        title=item.title,
        text=item.text,
        url=item.url,
        follows=item,
    )
    _append(again)
    standing = item.candidates.all() if candidates is None else candidates
    Candidate.objects.bulk_create(Candidate(item=again, member_id=each.member_id) for each in standing)
    return again


def locked(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.select_for_update(of=["self"]).select_related("meeting", "decision").get(pk=item.pk)


def _item(meeting: Meeting, proposed: agenda.Proposed) -> AgendaItem:
    item = AgendaItem(
        meeting=meeting,
        kind=proposed.kind,
        title=proposed.title[:160],
        text=proposed.text,
        url=proposed.url,
        detail=proposed.detail,
    )
    item.subject = proposed.subject
    return item


def _append(item: AgendaItem) -> None:
    last = AgendaItem.objects.filter(meeting=item.meeting).aggregate(last=Max("position"))["last"]
    item.position = (last or 0) + 1
    item.save(force_insert=True)


def _changeable(meeting: Meeting) -> None:
    if meeting.state not in OPEN_TO_CHANGE:
        raise GovernanceRefused(_("The meeting is over; its agenda stays as it is."))
