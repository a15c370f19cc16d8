"""Money paid ahead to the maker of handed work, and paid back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.reversal import given_reason
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders import notifications, queries
from orders.models import Advance, Claim
from orders.services.claim import locked_claim, locked_of
from orders.services.common import OrdersRefused, act_for, claim_page, require_neutral


@transaction.atomic
def pay_ahead(claim: Claim, *, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """The holder pays the maker ahead, no more than the terms say. Directly, the maker then confirms it.

    Through the cooperative an officer who is neither side receives and hands it on at once, with two receipts.
    """
    claim = locked_claim(claim)
    most = queries.may_be_paid_ahead(claim)
    if amount > most:
        raise OrdersRefused(
            _("The terms allow {most} to be paid ahead now. Propose other terms for more.").format(
                most=format_rupiah(max(most, 0))
            ),
            field="amount",
        )
    return _cross(claim, Advance.Kind.AHEAD, amount, method, on, by)


@transaction.atomic
def pay_back(claim: Claim, *, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """The maker pays back what the pay did not cover, once nothing more is to come. Directly, the holder confirms."""
    claim = locked_claim(claim)
    owed = queries.owed(claim)
    if owed.to_come:
        raise OrdersRefused(_("The next payment covers this first. Let it be counted and paid."))
    if amount > owed.remainder:
        raise OrdersRefused(_("{owed} is to be paid back.").format(owed=format_rupiah(owed.remainder)), field="amount")
    return _cross(claim, Advance.Kind.BACK, amount, method, on, by)


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
    """Undo a wrong advance as long as no settlement has counted on it. Posted ones: not by who posted it."""
    claim, advance = locked_of(Advance, advance)
    if advance.reversed_on:
        raise OrdersRefused(_("This was reversed already."))
    reason = given_reason(reason, OrdersRefused)
    if advance.entry_id:
        require_neutral(claim, by)
        if by.pk == advance.paid_by_id:
            raise OrdersRefused(_("The person who booked it cannot reverse it. Ask the chair or the other officer."))
        ledger.reverse(advance.entry, on=on, reason=reason, by=by)
    else:
        act_for(advance.taker if advance.confirmed_on else advance.giver, by)
    advance.reversed_on, advance.reversed_by, advance.reversal_reason = on, by, reason
    advance.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    if queries.owed(claim).open["advance"] < 0:
        raise OrdersRefused(_("A settlement has counted on this money. Reverse that settlement first."))
    audit.record("advance.reversed", claim, by=by, amount=advance.amount, reason=reason)
    text = _("The payment of {amount} was reversed: {reason}").format(
        amount=format_rupiah(advance.amount), reason=reason
    )
    for member in (advance.giver, advance.taker):
        tell(member.user, text, url=claim_page(claim))
    return advance


def _cross(claim: Claim, kind: str, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """Money from one side of the handover to the other, outside the settlements."""
    if amount <= 0:
        raise OrdersRefused(_("The amount must be more than zero."), field="amount")
    if on < claim.claimed_on:
        raise OrdersRefused(_("Nothing can be paid before the work was taken."), field="on")
    advance = Advance(claim=claim, kind=kind, amount=amount, method=method, paid_on=on, paid_by=by)
    if method == Channel.DIRECT:
        if by.pk == advance.taker.user_id:
            raise OrdersRefused(_("{member} records it, and you confirm it.").format(member=advance.giver.name))
        act_for(advance.giver, by)
    else:
        require_neutral(claim, by)
        advance.pk = sql.next_pk(Advance)
        advance.entry = _hand_on(advance, by)
        advance.confirmed_on, advance.confirmed_by = on, by
    advance.save(force_insert=True)
    audit.record(f"advance.{kind}", claim, by=by, amount=amount, method=method)
    tell(advance.taker.user, notifications.advanced(advance), url=claim_page(claim))
    return advance


def _hand_on(advance: Advance, by: User):
    """In from one, out to the other, in one entry: what the cooperative holds for makers is as before."""
    order = advance.claim.offer.line.order
    amount, maker = advance.amount, advance.claim.member
    entry = ledger.post_entry(
        unit=Books.UMUM,
        on=advance.paid_on,
        reference=f"advance:{advance.pk}:handed",
        memo=_("{order}: {giver} pays {taker} outside the settlement").format(
            order=order, giver=advance.giver.name, taker=advance.taker.name
        ),
        lines=[
            ledger.debit(chart.CASH, amount),
            ledger.credit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.debit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.credit(chart.CASH, amount),
        ],
        by=by,
    )
    for member, direction in ((advance.giver, Receipt.Direction.IN), (advance.taker, Receipt.Direction.OUT)):
        ledger.issue_receipt(
            entry,
            party=member.name,
            member=member,
            purpose=_("Work for order {order}: {kind}").format(order=order, kind=advance.get_kind_display()),
            amount=amount,
            direction=direction,
            by=by,
        )
    return entry
