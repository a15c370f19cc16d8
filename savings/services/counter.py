"""Savings that are received and paid out at the counter, by every channel: at once, or after a second approval.

Other rooms that move savings inside the books call `deposit` and `withdraw` themselves.
"""

import datetime

from django.db import transaction

from core.models import User
from ledger.channels import Channel, account_of
from members.models import Member
from savings.models import Movement, TermDeposit, WithdrawalRequest
from savings.services.movement import deposit, purpose_of, withdraw, withdrawable
from savings.services.term_deposit import break_term_deposit, open_term_deposit
from savings.services.withdrawal_request import book_withdrawal
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay

Direction = Movement.Direction


@transaction.atomic
def receive_deposit(
    member: Member, *, kind: str, amount: int, channel: str, on: datetime.date, by: User
) -> Movement | PaymentRequest:
    """Receive savings. A deposit waits for a second approval only where the spending rules name deposits."""
    return pay(
        PaymentKind.DEPOSIT,
        amount=amount,
        channel=channel,
        payee=member.name,
        purpose=purpose_of(kind, Direction.DEPOSIT),
        on=on,
        by=by,
        parties=[member.user],
        member=member.pk,
        savings=str(kind),
    )


@transaction.atomic
def pay_out_savings(
    member: Member, *, amount: int, channel: str, on: datetime.date, by: User
) -> Movement | PaymentRequest:
    """Pay out voluntary savings; above what one officer pays alone it waits. Refuses at once what `withdraw` does."""
    withdrawable(member, amount=amount, on=on, by=by, to=account_of(channel))
    return pay(
        PaymentKind.WITHDRAWAL,
        amount=amount,
        channel=channel,
        payee=member.name,
        purpose=purpose_of(Movement.Kind.VOLUNTARY, Direction.WITHDRAWAL),
        on=on,
        by=by,
        parties=[member.user],
        member=member.pk,
    )


@transaction.atomic
def receive_term_deposit(
    member: Member, *, months: int, amount: int, channel: str, renewal: str, on: datetime.date, by: User
) -> TermDeposit | PaymentRequest:
    """Open term savings, out of the voluntary savings or with money like any deposit."""
    if channel == Channel.SAVINGS:
        return open_term_deposit(member, months=months, amount=amount, channel=channel, renewal=renewal, on=on, by=by)
    return pay(
        PaymentKind.DEPOSIT,
        amount=amount,
        channel=channel,
        payee=member.name,
        purpose=str(Movement.Kind.TERM.label),
        on=on,
        by=by,
        parties=[member.user],
        member=member.pk,
        savings=Movement.Kind.TERM.value,
        months=months,
        renewal=renewal,
    )


@transaction.atomic
def pay_out_term_deposit(
    found: TermDeposit, *, channel: str, on: datetime.date, by: User
) -> TermDeposit | PaymentRequest:
    """Break a term early, into the voluntary savings or for money like any withdrawal."""
    if channel == Channel.SAVINGS:
        return break_term_deposit(found, channel=channel, on=on, by=by)
    return pay(
        PaymentKind.WITHDRAWAL,
        amount=found.amount,
        channel=channel,
        payee=found.member.name,
        purpose=f"{Movement.Kind.TERM.label} {found}",
        on=on,
        by=by,
        about=f"term:{found.pk}",
        parties=[found.member.user],
        term_deposit=found.pk,
    )


def post_deposit(
    *,
    member: int,
    savings: str,
    amount: int,
    channel: str,
    on: datetime.date,
    by: User,
    months: int = 0,
    renewal: str = "",
    **_ignored,
) -> Movement | TermDeposit:
    """Book what was received: the hook `payments.deposit`."""
    saver = Member.objects.get(pk=member)
    if savings == Movement.Kind.TERM:
        return open_term_deposit(saver, months=months, amount=amount, channel=channel, renewal=renewal, on=on, by=by)
    return deposit(saver, kind=savings, amount=amount, on=on, by=by, against=account_of(channel))


def post_withdrawal(
    *,
    amount: int,
    channel: str,
    on: datetime.date,
    by: User,
    member: int | None = None,
    term_deposit: int | None = None,
    withdrawal_request: int | None = None,
    **_ignored,
) -> Movement | TermDeposit:
    """Book what is paid out: the hook `payments.withdrawal`."""
    if withdrawal_request:
        return book_withdrawal(WithdrawalRequest.objects.get(pk=withdrawal_request), channel=channel, on=on, by=by)
    if term_deposit:
        return break_term_deposit(TermDeposit.objects.get(pk=term_deposit), channel=channel, on=on, by=by)
    kind = Movement.Kind.VOLUNTARY
    return withdraw(Member.objects.get(pk=member), kind=kind, amount=amount, on=on, by=by, to=account_of(channel))
