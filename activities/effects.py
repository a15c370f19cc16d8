"""What new rules of dues would change, for the rules pages."""

import datetime

from django.utils.translation import gettext as _

from activities.models import DuesRules
from core.money import format_rupiah
from governance.effects import Effect
from members.models import Member


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
