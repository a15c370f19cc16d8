"""A member's part of the copy of their data: every movement of their savings and every term deposit."""

from members.holdings import plain
from members.models import Member
from savings.models import Movement, TermDeposit


def savings(member: Member) -> list[dict]:
    rows = Movement.objects.filter(member=member).select_related("receipt").order_by("on", "pk")
    return [plain(row, "on", "kind", "direction", "purpose", "amount", "receipt") for row in rows]


def term_deposits(member: Member) -> list[dict]:
    rows = TermDeposit.objects.filter(member=member).order_by("opened_on", "pk")
    return [plain(row, "number", "amount", "opened_on", "matures_on", "renewal", "closed_on", "ending") for row in rows]
