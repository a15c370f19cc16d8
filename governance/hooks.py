"""What this room tells others (`core.hooks`): a member's part of the data copy, and what waits for the members.

Never who reported a case.
"""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date, month_name
from core.permissions import Role
from governance.agenda import Proposed
from governance.models import (
    Attendance,
    Case,
    CaseStep,
    DecisionKind,
    Ladder,
    Letter,
    Meeting,
    Office,
    RulesProposal,
)
from governance.queries import meeting as meeting_queries
from members.models import Member
from members.personal_data import plain


def cases(member: Member) -> list[dict]:
    """As the page of a case shows them to the member: without who opened or reported it (decision 8)."""
    rows = Case.objects.filter(member=member).prefetch_related("steps__by", "steps__decision")
    return [
        plain(case, "number", "kind", "title", "text", "rule", "opened_on")
        | {
            "steps": [
                plain(step, "on", "kind", "text", "due_on", "decision", "sanction", "until")
                | {"by": step.by.name if step.by else None}
                for step in sorted(case.steps.all(), key=lambda step: (step.on, step.pk))
            ]
        }
        for case in rows.order_by("opened_on", "pk")
    ]


def letters(member: Member) -> list[dict]:
    """Those that were signed; what waits on the secretary's table is no letter yet."""
    rows = Letter.objects.filter(member=member, issued_on__isnull=False).select_related("issued_by")
    return [
        plain(letter, "number", "step", "title", "amount", "due_on", "issued_on")
        | {"issued_by": letter.issued_by.name}
        | plain(letter, "delivered_on", "delivered_how", "delivered_to", "answered_on", "answer")
        for letter in rows.order_by("issued_on", "pk")
    ]


def meetings(member: Member) -> list[str]:
    """The days of the meetings they came to."""
    rows = Attendance.objects.filter(member=member).order_by("meeting__on")
    return [day.isoformat() for day in rows.values_list("meeting__on", flat=True)]


def reminders(member: Member) -> list[dict]:
    rows = Ladder.objects.filter(member=member).order_by("due_on", "pk")
    return [plain(row, "kind", "title", "due_on", "reminded_on", "noticed_on", "ended_on") for row in rows]


# -- what waits for the members ---------------------------------------------------------------------------------------

TERM_ENDS_WITHIN = datetime.timedelta(days=60)


def for_the_agenda(*, kind: str, on: datetime.date) -> Iterator[Proposed]:
    """Minutes to approve, proposals for rules, cases put to the meeting, elections that end, the annual report."""
    for meeting in meeting_queries.unapproved(before=on):
        yield Proposed(
            kind=DecisionKind.MEETING,
            subject=meeting,
            detail="minutes",
            title=_("Minutes of the meeting of {day}").format(day=long_date(meeting.on)),
            url=reverse("governance:minutes", args=[meeting.pk]),
        )
    if count := Member.objects.undecided().count():
        yield Proposed(
            kind=DecisionKind.OTHER,
            title=_("Applications for membership: {count}").format(count=count),
            url=reverse("members:list") + "?standing=applicant",
            detail="applications",
        )
    for proposal in RulesProposal.objects.open().filter(proposed_on__lte=on).order_by("pk"):
        rules = apps.get_model(proposal.kind)
        yield Proposed(
            kind=getattr(rules, "kind_of_act", DecisionKind.RULES),
            subject=proposal,
            title=_("New {rules}").format(rules=rules._meta.verbose_name),
            text=proposal.reason,
            url=reverse("governance:proposal", args=[proposal.pk]),
        )
    put = CaseStep.objects.filter(kind=CaseStep.Kind.AGENDA, due_on__lte=on, case__in=Case.objects.open(as_of=on))
    undecided = put.exclude(case__steps__kind=CaseStep.Kind.DECISION).select_related("case")
    for step in undecided.order_by("case", "-pk").distinct("case"):
        yield Proposed(
            kind=DecisionKind.SANCTION,
            subject=step.case,
            title=_("Case {number}").format(number=step.case.number),
            url=reverse("governance:case", args=[step.case_id]),
        )
    yield from _elections(on)
    if kind == Meeting.Kind.ANNUAL:
        year = on.year - 1
        yield Proposed(
            kind=DecisionKind.REPORT,
            title=_("Annual report {year}").format(year=year),
            url=reverse("reports:annual"),
            detail=str(year),
        )
        yield Proposed(
            kind=DecisionKind.BUDGET,
            title=_("Work plan and budget {year}").format(year=on.year),
            detail=str(on.year),
        )


def _elections(on: datetime.date) -> Iterator[Proposed]:
    """Terms that end within two months of the meeting and have no successor yet."""
    for office in Office.objects.held(as_of=on).filter(ends_on__lte=on + TERM_ENDS_WITHIN).order_by("ends_on", "pk"):
        if Office.objects.filter(role=office.role, started_on__gte=office.ends_on).exists():
            continue
        yield Proposed(
            kind=DecisionKind.ELECTION,
            title=_("Election: {office} from {month}").format(
                office=Role(office.role).label, month=month_name(office.ends_on)
            ),
            text=_("The term of {name} ends on {day}.").format(name=office.member.name, day=long_date(office.ends_on)),
            detail=office.role,
            url=reverse("governance:offices"),
        )
