"""What the services of this book share: for whom a person may act, who holds what under a lock."""

import datetime

from django.db import connection
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import Permission
from members.models import Member
from pricing.models import Item
from stock.errors import StockRefused


def act_for(member: Member, by: User) -> None:
    """Raises StockRefused unless `by` is the member or an officer who helps those without a phone."""
    if member.user_id != by.pk and not by.can(Permission.STOCK_FOR_OTHERS):
        raise StockRefused(_("Only {member} or an officer can do this.").format(member=member.name))


def require_member(member: Member, *, on: datetime.date) -> None:
    """Raises StockRefused unless `member` belongs to the cooperative on `on`."""
    entered = member.entered_on and member.entered_on <= on
    if not entered or (member.left_on and member.left_on <= on):
        raise StockRefused(_("{member} is not a member on that day.").format(member=member.name))


def lock_holding(member: Member, item: Item) -> None:
    """The same lock as the guard of the table takes: what is counted now does not change until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('stock.' || %s || '.' || %s, 0))", [member.pk, item.pk]
        )
