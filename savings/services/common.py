"""The lock on a member, the rules in force, and the refusals that several services share."""

import datetime

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import sql
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from ledger import services as ledger
from ledger.models import Entry, Receipt, Unit
from members.models import Member
from savings import queries
from savings.models import Movement, SavingsRules


class SavingsRefused(Refused):
    pass


def locked(member: Member) -> Member:
    """The member's row, locked, so that all movements of one member's savings wait for each other."""
    return Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def rules_of(on: datetime.date) -> SavingsRules:
    rules = SavingsRules.objects.current(on)
    if rules is None:
        raise SavingsRefused(
            _("No savings rules were in force on {day}. The chair must put them in force first.").format(
                day=day_of(on)
            ),
            field="on",
        )
    return rules


def receipt_for(entry, member, *, purpose, amount, by, direction="in") -> Receipt:
    return ledger.issue_receipt(
        entry, party=member.name, member=member, purpose=purpose, amount=amount, direction=direction, by=by
    )


def refuse_stranger(member: Member, on: datetime.date) -> None:
    """Savings move only between joining and leaving."""
    if not member.entered_on:
        raise SavingsRefused(_("{name} is not a member yet. Receive the first savings first.").format(name=member.name))
    if on < member.entered_on:
        raise SavingsRefused(
            _("{name} became a member on {day}. Choose that day or a later one.").format(
                name=member.name, day=day_of(member.entered_on)
            ),
            field="on",
        )
    if member.left_on:  # the passbook is closed, for days before as well
        raise SavingsRefused(_("{name} left on {day}.").format(name=member.name, day=day_of(member.left_on)))


def refuse_nothing(amount: int) -> None:
    if amount <= 0:
        raise SavingsRefused(_("The amount must be more than zero."), field="amount")


def refuse_overdraft(member: Member, amount: int, on: datetime.date) -> None:
    """Money must be there, on `on` and every later day, beside the least balance and what is blocked."""
    least = rules_of(on).minimum_voluntary_balance
    free = queries.lowest_free(member, since=on)
    available = max(free - least, 0)
    if amount <= available:
        return
    balance = queries.lowest_balance(member, Movement.Kind.VOLUNTARY, since=on)
    facts = {"available": format_rupiah(available), "balance": format_rupiah(balance), "least": format_rupiah(least)}
    if balance > free:
        raise SavingsRefused(
            _(
                "At most {available} can be paid out: the voluntary savings hold {balance}, {blocked} of them are "
                "blocked, and {least} must stay."
            ).format(blocked=format_rupiah(balance - free), **facts),
            field="amount",
        )
    raise SavingsRefused(
        _("At most {available} can be paid out: the voluntary savings hold {balance}, and {least} must stay.").format(
            **facts
        ),
        field="amount",
    )


def day_of(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def post_for_all(what: str, parameters: dict, *, on: datetime.date, by: User) -> None:
    """The entries of interest or tax and then their movements, each for everybody in one statement."""
    after = last_entry()
    if ledger.post_entries(f"savings/sql/{what}.sql", unit=Unit.USP, on=on, by=by, **parameters):
        sql.value(
            "savings/sql/interest_movements.sql",
            date=on,
            after=after,
            purpose=what,
            prefix="interest:" if what == "interest" else "interest-tax:",
        )


def last_entry() -> int:
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def interest_memo(first: datetime.date) -> str:
    return _("Interest on savings {month}").format(month=date_format(first, "F Y"))
