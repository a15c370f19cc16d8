"""What this room tells rooms below (`core.hooks`): a member's part of the data copy. Never who reported a case."""

from governance.models import Attendance, Case, Ladder, Letter
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
