"""A member's part of the copy of their data: dues, meetings they came to, programmes, and what aid they had."""

from activities.models import Aid, Attendance, DuesPayment, Participant
from members.holdings import plain
from members.models import Member


def dues(member: Member) -> list[dict]:
    rows = DuesPayment.objects.filter(member=member).select_related("receipt").order_by("month", "pk")
    return [plain(row, "month", "amount", "on", "receipt", "reversed_on") for row in rows]


def meetings(member: Member) -> list[str]:
    """The days of the meetings they came to."""
    rows = Attendance.objects.filter(member=member).order_by("meeting__on")
    return [day.isoformat() for day in rows.values_list("meeting__on", flat=True)]


def programmes(member: Member) -> list[dict]:
    rows = Participant.objects.filter(member=member).select_related("programme").order_by("joined_on", "pk")
    return [plain(row, "programme", "joined_on", "came") for row in rows]


def aid(member: Member) -> list[dict]:
    rows = Aid.objects.filter(member=member).order_by("on", "pk")
    return [plain(row, "kind", "what", "worth", "is_money", "on", "due_back_on", "returned_on") for row in rows]
