"""What a maker's pay may go against instead of being taken home."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loans import queries as loans
from members.models import Member
from orders import netting
from orders.netting import Option


def netting_options(member: Member, *, as_of: datetime.date) -> list[tuple[str, Option]]:
    """Every way with what is open on it: (kind, option)."""
    return [(kind, option) for kind in netting.kinds() for option in netting.options(kind, member, as_of=as_of)]


def instalments(member: Member, *, as_of: datetime.date) -> list[Option]:
    """The next instalment of each running loan, or what is overdue of it; a part of it will do."""
    return [
        Option(
            str(due.loan.pk),
            _("loan {number}, due {day}").format(number=due.loan.number, day=date_format(due.due_on, "j F Y")),
            due.amount,
            in_parts=True,
        )
        for due in loans.next_due(member, as_of=as_of)
    ]
