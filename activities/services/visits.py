"""Visits, and what was given."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Visit
from core import audit, sql
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from members.models import Member


@transaction.atomic
def record_visit(member: Member, *, reason: str, visitors: str, on: datetime.date, by: User, amount: int = 0) -> Visit:
    """Write down a visit to a member in need, and book what was given from the common cash."""
    entry = receipt = None
    pk = sql.next_pk(Visit)
    if amount:
        purpose = _("Visit: {reason}").format(reason=reason)
        entry = ledger.post_entry(
            unit=Unit.UMUM,
            on=on,
            reference=f"visit:{pk}:given",
            memo=f"{purpose}: {member}"[:200],
            lines=[debit(chart.SOLIDARITY, amount, member=member), credit(chart.CASH, amount)],
            by=by,
        )
        receipt = ledger.issue_receipt(
            entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="out", by=by
        )
    visit = Visit.objects.create(
        pk=pk, member=member, on=on, reason=reason, visitors=visitors, amount=amount, entry=entry, receipt=receipt
    )
    audit.record("visit.recorded", visit, by=by, amount=amount, on=on)
    return visit
