"""Visits, and what was given."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Visit
from activities.services.common import hand_out
from core import audit, sql
from core.models import User
from ledger import chart
from members.models import Member


@transaction.atomic
def record_visit(member: Member, *, reason: str, visitors: str, on: datetime.date, by: User, amount: int = 0) -> Visit:
    """Write down a visit to a member in need, and book what was given from the common cash."""
    entry = receipt = None
    pk = sql.next_pk(Visit)
    if amount:
        entry, receipt = hand_out(
            member,
            amount=amount,
            account=chart.SOLIDARITY,
            purpose=_("Visit: {reason}").format(reason=reason),
            reference=f"visit:{pk}:given",
            on=on,
            by=by,
        )
    visit = Visit.objects.create(
        pk=pk, member=member, on=on, reason=reason, visitors=visitors, amount=amount, entry=entry, receipt=receipt
    )
    audit.record("visit.recorded", visit, by=by, amount=amount, on=on)
    return visit
