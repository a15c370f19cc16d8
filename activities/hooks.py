"""What the activities tell rooms below (`core.hooks`): a member's part of the data copy, effects of new rules."""

import datetime

from django.utils.translation import gettext as _

from activities.models import Aid, DuesPayment, DuesRules, Participant
from core.money import format_rupiah
from governance.effects import Effect
from members.models import Member
from members.personal_data import plain


def dues(member: Member) -> list[dict]:
    rows = DuesPayment.objects.filter(member=member).select_related("receipt").order_by("month", "pk")
    return [plain(row, "month", "amount", "on", "receipt", "reversed_on") for row in rows]


def programmes(member: Member) -> list[dict]:
    rows = Participant.objects.filter(member=member).select_related("programme").order_by("joined_on", "pk")
    return [plain(row, "programme", "joined_on", "came") for row in rows]


def aid(member: Member) -> list[dict]:
    rows = Aid.objects.filter(member=member).order_by("on", "pk")
    return [plain(row, "kind", "what", "worth", "is_money", "on", "due_back_on", "returned_on") for row in rows]


def of_dues_rules(proposed: DuesRules, current: DuesRules | None, *, as_of: datetime.date) -> list[Effect]:
    """What every member would pay more or less a month."""
    count, difference = (
        Member.objects.entered(as_of=as_of).count(),
        proposed.amount - (current.amount if current else 0),
    )
    if not difference:
        return []
    note = _("{amount} more a month each") if difference > 0 else _("{amount} less a month each")
    question = _("Members whose dues change")
    return [Effect(question, count, count, note.format(amount=format_rupiah(abs(difference))))]
