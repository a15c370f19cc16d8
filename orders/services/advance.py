"""Money paid ahead to the maker of handed work, and paid back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from ledger import chart
from ledger import services as ledger
from ledger.channels import PAYING, Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders import notifications, queries
from orders.models import Advance, Claim
from orders.services.claim import locked_claim, locked_of
from orders.services.common import OrdersRefused, act_for, claim_page, require_neutral
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay


@transaction.atomic
def pay_ahead(
    claim: Claim, *, amount: int, method: str, handed: str = "", on: datetime.date, by: User
) -> Advance | PaymentRequest:
    """The holder pays the maker ahead, no more than the terms say. Directly, the maker then confirms it.

    Through the cooperative an officer who is neither side receives it by `method` and hands it on by `handed` at once,
    with two receipts; where the rules ask for a second approval, nothing is booked before it.
    """
    claim = locked_claim(claim)
    _refuse_more_than_agreed(claim, Advance.Kind.AHEAD, amount)
    return _cross(claim, Advance.Kind.AHEAD, amount, method, handed, on, by)


@transaction.atomic
def pay_back(
    claim: Claim, *, amount: int, method: str, handed: str = "", on: datetime.date, by: User
) -> Advance | PaymentRequest:
    """The maker pays back what the pay did not cover, once nothing more is to come. Directly, the holder confirms."""
    claim = locked_claim(claim)
    _refuse_more_than_agreed(claim, Advance.Kind.BACK, amount)
    return _cross(claim, Advance.Kind.BACK, amount, method, handed, on, by)


@transaction.atomic
def confirm_advance(advance: Advance, *, on: datetime.date, by: User) -> Advance:
    """Whoever was paid directly says that the money is there."""
    claim, advance = locked_of(Advance, advance)
    if advance.confirmed_on or advance.reversed_on:
        raise OrdersRefused(_("This was confirmed already."))
    if by.pk == advance.paid_by_id:
        raise OrdersRefused(_("Only the other side can confirm receiving the money."))
    act_for(advance.taker, by)
    advance.confirmed_on, advance.confirmed_by = on, by
    advance.save(update_fields=["confirmed_on", "confirmed_by"])
    words = {"amount": format_rupiah(advance.amount), "member": advance.taker.name}
    audit.record("advance.confirmed", claim, by=by, amount=advance.amount)
    tell(advance.giver.user, _("{member} has your {amount}.").format(**words), url=claim_page(claim))
    return advance


@transaction.atomic
def reverse_advance(advance: Advance, *, reason: str, on: datetime.date, by: User) -> Advance:
    """Undo a wrong advance as long as no settlement has counted on it; not by who recorded it.

    Of a direct payment there is only the giver's word until the taker confirms it, so the giver takes it back.
    """
    claim, advance = locked_of(Advance, advance)
    columns = advance.mark_reversed(on=on, by=by, reason=reason, refused=OrdersRefused)
    if advance.entry_id:
        require_neutral(claim, by)
        ledger.reverse(advance.entry, on=on, reason=reason, by=by)
    else:
        act_for(advance.taker if advance.confirmed_on else advance.giver, by)
    advance.save(update_fields=columns)
    if queries.owed(claim).open["advance"] < 0:
        raise OrdersRefused(_("A settlement has counted on this money. Reverse that settlement first."))
    audit.record("advance.reversed", claim, by=by, amount=advance.amount, reason=reason)
    text = _("The payment of {amount} was reversed: {reason}").format(
        amount=format_rupiah(advance.amount), reason=reason
    )
    for member in (advance.giver, advance.taker):
        tell(member.user, text, url=claim_page(claim))
    return advance


def _cross(claim: Claim, of: str, amount: int, method: str, handed: str, on: datetime.date, by: User):
    """Money from one side of the handover to the other, outside the settlements."""
    advance = _advance(claim, of, amount, on=on, by=by)
    if method != Channel.DIRECT:
        require_neutral(claim, by)
        return pay(
            PaymentKind.ADVANCE,
            amount=amount,
            channel=handed or PAYING[0],
            payee=advance.taker.name,
            purpose=_purpose(advance),
            about=claim.pk,
            parties=[advance.giver.user, advance.taker.user],
            on=on,
            by=by,
            claim=claim.pk,
            of=of,
            received=str(Channel(method).value),
            into=account_of(method),
        )
    if by.pk == advance.taker.user_id:
        raise OrdersRefused(_("{member} records it, and you confirm it.").format(member=advance.giver.name))
    act_for(advance.giver, by)
    advance.method = Channel.DIRECT
    advance.save()
    return _told(advance, by)


@transaction.atomic
def post_advance(
    *, claim: int, of: str, amount: int, received: str, into: str, channel: str, on: datetime.date, by: User, **_told_by
) -> Advance:
    """Receive money from one side of a handover and hand it to the other: the hook `payments.advance`.

    In from one and out to the other in one entry: what the cooperative holds for makers is as before.
    """
    locked = locked_claim(Claim(pk=claim))
    require_neutral(locked, by)
    _refuse_more_than_agreed(locked, of, amount)
    advance = _advance(locked, of, amount, on=on, by=by)
    advance.method, advance.handed = received, str(Channel(channel).value)
    advance.pk = sql.next_pk(Advance)
    maker = advance.claim.member
    advance.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=f"advance:{advance.pk}:handed",
        memo=_("{order}: {giver} pays {taker} outside the settlement").format(
            order=locked.offer.line.order, giver=advance.giver.name, taker=advance.taker.name
        ),
        lines=[
            ledger.debit(into, amount),
            ledger.credit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.debit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.credit(account_of(channel), amount),
        ],
        by=by,
    )
    for member, direction in ((advance.giver, Receipt.Direction.IN), (advance.taker, Receipt.Direction.OUT)):
        ledger.issue_receipt(
            advance.entry,
            party=member.name,
            member=member,
            purpose=_purpose(advance),
            amount=amount,
            direction=direction,
            by=by,
        )
    advance.confirmed_on, advance.confirmed_by = on, by
    advance.save(force_insert=True)
    return _told(advance, by)


def _refuse_more_than_agreed(claim: Claim, of: str, amount: int) -> None:
    """Ahead no more than the terms allow; back no more than the pay did not cover, once nothing more is to come."""
    if of == Advance.Kind.AHEAD:
        most = queries.may_be_paid_ahead(claim)
        if amount > most:
            raise OrdersRefused(
                _("The terms allow {most} to be paid ahead now. Propose other terms for more.").format(
                    most=format_rupiah(max(most, 0))
                ),
                field="amount",
            )
        return
    owed = queries.owed(claim)
    if owed.to_come:
        raise OrdersRefused(_("The next payment covers this first. Let it be counted and paid."))
    if amount > owed.remainder:
        raise OrdersRefused(_("{owed} is to be paid back.").format(owed=format_rupiah(owed.remainder)), field="amount")


def _advance(claim: Claim, of: str, amount: int, *, on: datetime.date, by: User) -> Advance:
    if amount <= 0:
        raise OrdersRefused(_("The amount must be more than zero."), field="amount")
    if on < claim.claimed_on:
        raise OrdersRefused(_("Nothing can be paid before the work was taken."), field="on")
    return Advance(claim=claim, kind=of, amount=amount, paid_on=on, paid_by=by)


def _purpose(advance: Advance) -> str:
    return _("Work for order {order}: {kind}").format(
        order=advance.claim.offer.line.order, kind=advance.get_kind_display()
    )


def _told(advance: Advance, by: User) -> Advance:
    claim = advance.claim
    audit.record(f"advance.{advance.kind}", claim, by=by, amount=advance.amount, method=str(advance.method))
    tell(advance.taker.user, notifications.advanced(advance), url=claim_page(claim))
    return advance
