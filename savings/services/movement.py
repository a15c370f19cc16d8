"""Receiving, paying out and reversing. Every service locks the member, checks, posts, and issues a receipt."""

import datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.reversal import given_reason
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Unit
from ledger.services import credit, debit
from members import services as members
from members.models import Member
from savings import queries
from savings.models import Movement
from savings.services.common import (
    SavingsRefused,
    locked,
    receipt_for,
    refuse_nothing,
    refuse_overdraft,
    refuse_stranger,
    rules_of,
)

Kind, Direction = Movement.Kind, Movement.Direction

MONTHS_AHEAD = 12
"""How far mandatory savings may be paid ahead. More is nearly always a typing error."""


@transaction.atomic
def join(member: Member, *, on: datetime.date, by: User, channel: str = Channel.CASH) -> Movement:
    """Receive the principal and first mandatory savings of an admitted applicant, who becomes a member.

    One entry, one receipt; membership begins with it. Raises SavingsRefused before the first rules, and what
    `members.services.enter` refuses. Returns the movement of the principal savings.
    """
    member = locked(member)
    first = rules_of(on)
    member = members.enter(member, on=on, by=by)
    total = first.principal_amount + first.mandatory_amount
    pk = sql.next_pk(Movement)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings:{pk}:joined",
        memo=_("First savings of {member}").format(member=member),
        lines=[
            debit(account_of(channel), total),
            credit(chart.PRINCIPAL_SAVINGS, first.principal_amount, member=member),
            credit(chart.MANDATORY_SAVINGS, first.mandatory_amount, member=member),
        ],
        by=by,
    )
    receipt = receipt_for(entry, member, purpose=_("Principal and first mandatory savings"), amount=total, by=by)
    facts = {"member": member, "direction": Direction.DEPOSIT, "on": on, "entry": entry, "receipt": receipt}
    principal, _mandatory = Movement.objects.bulk_create(
        [
            Movement(pk=pk, kind=Kind.PRINCIPAL, amount=first.principal_amount, **facts),
            Movement(pk=sql.next_pk(Movement), kind=Kind.MANDATORY, amount=first.mandatory_amount, **facts),
        ]
    )
    audit.record("savings.joined", member, by=by, amount=total, receipt=receipt.number, on=on)
    return principal


@transaction.atomic
def deposit(
    member: Member, *, kind: str, amount: int, on: datetime.date, by: User, against: str = chart.CASH
) -> Movement:
    """Receive savings of a member. `against` is the account debited: cash, or another where no money changes hands.

    Raises SavingsRefused for a person who is not a member on `on`, principal savings that are already paid, and
    mandatory savings more than MONTHS_AHEAD ahead.
    """
    member = locked(member)
    refuse_stranger(member, on)
    refuse_nothing(amount)
    if kind == Kind.PRINCIPAL:
        _refuse_too_much_principal(member, amount, on)
    elif kind == Kind.MANDATORY:
        refuse_too_far_ahead(member, amount, on)
    return _book(member, Direction.DEPOSIT, kind=kind, amount=amount, on=on, by=by, cash=against)


@transaction.atomic
def withdraw(member: Member, *, kind: str, amount: int, on: datetime.date, by: User, to: str = chart.CASH) -> Movement:
    """Pay out savings of a member, in cash or `to` another account.

    The member's row is locked, then the balance is read: two withdrawals at once cannot overdraw. Raises
    SavingsRefused for principal and mandatory savings (they stay while a member is one), for more than the
    balance on `on` and every later day allows, less the least balance of the rules and what is blocked, and for
    more cash in a day than may be paid without the chair's approval: that takes a request (`request_withdrawal`).
    """
    if kind != Kind.VOLUNTARY:
        raise SavingsRefused(
            _("{kind} stay in the cooperative until the member leaves it. Only voluntary savings are paid out.").format(
                kind=capfirst(Kind(kind).label)
            ),
            field="kind",
        )
    return pay_out(member, amount=amount, on=on, by=by, to=to)


def pay_out(
    member: Member, *, amount: int, on: datetime.date, by: User, to: str, is_approved: bool = False
) -> Movement:
    """Pay out voluntary savings; `is_approved` where the chair has approved this sum."""
    member = withdrawable(member, amount=amount, on=on, by=by, to=to, is_approved=is_approved)
    return _book(member, Direction.WITHDRAWAL, kind=Kind.VOLUNTARY, amount=amount, on=on, by=by, cash=to)


@transaction.atomic
def move_to_mandatory(member: Member, *, amount: int, on: datetime.date, by: User) -> Movement:
    """Pay mandatory savings out of the member's own voluntary ones: one entry, two lines in the passbook."""
    member = withdrawable(member, amount=amount, on=on, by=by, to=chart.MANDATORY_SAVINGS)
    refuse_too_far_ahead(member, amount, on)
    pk = sql.next_pk(Movement)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings:{pk}:moved",
        memo=_("Mandatory savings out of voluntary savings: {member}").format(member=member),
        lines=[
            debit(chart.VOLUNTARY_SAVINGS, amount, member=member),
            credit(chart.MANDATORY_SAVINGS, amount, member=member),
        ],
        by=by,
    )
    facts = {"member": member, "amount": amount, "on": on, "entry": entry}
    _out, moved = Movement.objects.bulk_create(
        [
            Movement(pk=pk, kind=Kind.VOLUNTARY, direction=Direction.WITHDRAWAL, **facts),
            Movement(pk=sql.next_pk(Movement), kind=Kind.MANDATORY, direction=Direction.DEPOSIT, **facts),
        ]
    )
    audit.record("savings.moved", member, by=by, amount=amount, on=on)
    return moved


def withdrawable(
    member: Member, *, amount: int, on: datetime.date, by: User, to: str, is_approved: bool = False
) -> Member:
    """The member, locked, where this much voluntary savings may be paid out; else SavingsRefused says why not."""
    member = locked(member)
    refuse_stranger(member, on)
    refuse_nothing(amount)
    if member.user_id == by.pk:
        raise SavingsRefused(_("Nobody pays out money to themselves. Ask the chair to do it."))
    refuse_overdraft(member, amount, on)
    if to in chart.MONEY and not is_approved:
        refuse_much(member, amount, on)
    return member


@transaction.atomic
def reverse(movement: Movement, *, on: datetime.date, reason: str, by: User) -> Movement:
    """Reverse a wrong deposit or withdrawal; both stay in the passbook. Four eyes.

    Raises SavingsRefused for the first savings of a member, for what is already reversed or a reversal itself, and if
    the money of a deposit has been paid out since.
    """
    member = locked(movement.member)
    movement = Movement.objects.select_related("entry", "receipt", "reversed_by").get(pk=movement.pk)
    if movement.reverses_id or hasattr(movement, "reversed_by"):
        raise SavingsRefused(_("This booking has already been reversed. Look at the passbook."))
    if movement.is_carried:
        raise SavingsRefused(
            _(
                "This was carried over from the previous books. Correct it with a deposit, or with a manual entry made "
                "with the chair."
            )
        )
    if not movement.is_by_hand:
        raise SavingsRefused(
            _("This was posted automatically by the rules. Correct its cause; the month-end run adjusts it.")
        )
    if movement.is_first:
        raise SavingsRefused(
            _("The first savings made {member} a member. They end with the membership and cannot be reversed.").format(
                member=member.name
            )
        )
    refuse_stranger(member, on)
    if movement.entry.posted_by_id == by.pk:
        raise SavingsRefused(_("The person who booked it cannot reverse it. Ask the chair or the other officer."))
    reason = given_reason(reason, SavingsRefused)
    if movement.is_deposit and movement.kind == Kind.VOLUNTARY:
        refuse_overdraft(member, movement.amount, on)
    reversal = Movement.objects.create(
        member=member,
        kind=movement.kind,
        direction=Direction.WITHDRAWAL if movement.is_deposit else Direction.DEPOSIT,
        amount=movement.amount,
        on=on,
        entry=ledger.reverse(movement.entry, on=on, reason=reason, by=by),
        reverses=movement,
    )
    receipt = movement.receipt.number if movement.receipt else None
    audit.record("savings.reversed", member, by=by, amount=movement.amount, receipt=receipt, reason=reason, on=on)
    return reversal


# -- shared steps --------------------------------------------------------------------------------------------


def _book(member, direction, *, kind, amount, on, by, cash) -> Movement:
    """Entry, receipt, movement and the line in the trail, for money in or out."""
    pk = sql.next_pk(Movement)
    account = queries.ACCOUNTS[Kind(kind)]
    is_in = direction == Direction.DEPOSIT
    purpose = purpose_of(kind, direction)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings:{pk}:{direction}",
        memo=f"{purpose}: {member}",
        lines=[
            (debit if is_in else credit)(cash, amount, member=member if cash in chart.KEPT_PER_MEMBER else None),
            (credit if is_in else debit)(account, amount, member=member),
        ],
        by=by,
    )
    receipt = None
    if cash in chart.MONEY:
        receipt = receipt_for(entry, member, purpose=purpose, amount=amount, by=by, direction="in" if is_in else "out")
    movement = Movement.objects.create(
        pk=pk, member=member, kind=kind, direction=direction, amount=amount, on=on, entry=entry, receipt=receipt
    )
    audit.record(
        f"savings.{'deposited' if is_in else 'withdrawn'}",
        member,
        by=by,
        kind=str(Kind(kind).label),
        amount=amount,
        receipt=receipt and receipt.number,
        on=on,
    )
    return movement


def purpose_of(kind: str, direction: str) -> str:
    return {
        (Kind.PRINCIPAL, Direction.DEPOSIT): _("Deposit of principal savings"),
        (Kind.MANDATORY, Direction.DEPOSIT): _("Deposit of mandatory savings"),
        (Kind.VOLUNTARY, Direction.DEPOSIT): _("Deposit of voluntary savings"),
        (Kind.VOLUNTARY, Direction.WITHDRAWAL): _("Withdrawal of voluntary savings"),
    }[Kind(kind), direction]


def refuse_much(member, amount, on) -> None:
    """Together with what left unapproved on the same day: a large sum is not paid in small ones."""
    limit = rules_of(on).approval_above
    if limit is not None and amount + queries.paid_unapproved(member, on=on) > limit:
        raise SavingsRefused(
            _("More than {limit} in a day needs the chair's approval. Make a withdrawal request first.").format(
                limit=format_rupiah(limit)
            ),
            field="amount",
        )


def _refuse_too_much_principal(member, amount, on) -> None:
    missing = rules_of(on).principal_amount - queries.balances(member, as_of=datetime.date.max).principal
    if missing <= 0:
        raise SavingsRefused(
            _("The principal savings of {name} are already paid. Choose another kind.").format(name=member.name),
            field="kind",
        )
    if amount > missing:
        raise SavingsRefused(
            _("Only {missing} of the principal savings are missing.").format(missing=format_rupiah(missing)),
            field="amount",
        )


def refuse_too_far_ahead(member, amount, on) -> None:
    rules = rules_of(on)
    owed = queries.obligation(member, as_of=on)
    most = owed.due - owed.paid + MONTHS_AHEAD * rules.mandatory_amount
    if amount > most:
        raise SavingsRefused(
            _(
                "Mandatory savings can be paid {months} months ahead, now {most} at most. "
                "Put the rest into voluntary savings."
            ).format(months=MONTHS_AHEAD, most=format_rupiah(max(most, 0))),
            field="amount",
        )
