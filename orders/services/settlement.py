"""The money of a handover: what was accepted, less what is owed, once, through the cooperative or written down."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders import notifications, queries
from orders.models import Claim, Settlement
from orders.models.settlement import UNPOSTED
from orders.services.claim import locked_claim
from orders.services.common import OrdersRefused, act_for, counted, require_neutral, tell_holder, tell_maker
from orders.services.handover import locked_delivery
from orders.services.offset import book_offsets, undo_offsets
from savings import services as savings
from savings.models import Movement
from treasury.models import PaymentKind, PaymentRequest
from treasury.queries.spending import waiting_request
from treasury.services import pay

CASH, SAVINGS, DIRECT = Channel.CASH, Channel.SAVINGS, Channel.DIRECT
OFFSET, NOTHING = Channel.OFFSET, Channel.NOTHING


@transaction.atomic
def settle(delivery, *, method: str, into_savings: bool = False, on: datetime.date, by: User) -> Settlement:
    """The holder of the order pays for what was accepted: to the cooperative, or straight to the maker.

    What the sheet says is owed is taken off first: penalties agreed, money paid ahead, material. Where nothing is left
    to pay, nothing is posted, and what was not covered stays a claim. The money waits at the cooperative until
    `pay_out`; with `into_savings` it goes on to the maker's passbook at once. What is paid directly is recorded without
    posting, and counts as paid when the maker says so.
    Raises OrdersRefused before the work is confirmed, where nothing was accepted, the second time, and where `by` is
    one of the two sides of money that passes through the cooperative.
    """
    claim = locked_claim(delivery.claim)
    delivery = locked_delivery(delivery)
    delivery.claim, holder = claim, claim.offer.line.order.member
    if delivery.confirmed_on is None:
        raise OrdersRefused(_("The work is not counted yet. First {member} confirms it.").format(member=holder.name))
    if not delivery.accepted:
        raise OrdersRefused(_("Nothing was accepted, so there is nothing to pay."))
    if Settlement.objects.filter(delivery=delivery, reversed_on=None).exists():
        raise OrdersRefused(_("This delivery is settled already. Look at the handover."))
    if on < delivery.confirmed_on:
        raise OrdersRefused(_("The work cannot be paid before it was confirmed."), field="on")
    parts = queries.parts(delivery, claim)
    if parts.amount == 0:
        method = NOTHING
    if method in UNPOSTED:
        _refuse_maker(claim, by)
        act_for(holder, by)
    else:
        require_neutral(claim, by)
    paid = Settlement(
        delivery=delivery,
        work=parts.work,
        **parts.taken_off,
        amount=parts.amount,
        method=method if method in UNPOSTED else CASH,
        settled_on=on,
        settled_by=by,
    )
    if method == NOTHING:
        paid.paid_on, paid.paid_by = on, by
    elif method != DIRECT:
        paid.paid_in = str(Channel(method).value)
        paid.entry = _receive(paid, claim, account_of(method))
    paid.save()
    audit.record(
        "settlement.settled", claim, by=by, amount=format_rupiah(paid.amount), method=str(method), **parts.taken_off
    )
    if paid.paid_in and into_savings:
        return pay_out(paid, method=SAVINGS, on=on, by=by)
    tell_maker(claim, notifications.settled(paid))
    return paid


@transaction.atomic
def pay_out(paid: Settlement, *, method: str = "", on: datetime.date, by: User) -> Settlement | PaymentRequest:
    """The maker gets the money, as `method` says: in cash, on a bank account, into the savings; or has it directly.

    What the maker agreed to let go against an instalment or dues is booked first; the rest is paid out, and waits for
    a second approval where the rules ask for one. Raises OrdersRefused the second time, before the settlement, and for
    the wrong person.
    """
    paid = _waiting(paid, on=on)
    claim = paid.delivery.claim
    if paid.method == DIRECT:
        if by.pk == paid.settled_by_id:
            raise OrdersRefused(_("Only {member} can confirm receiving the money.").format(member=claim.member.name))
        act_for(claim.member, by)
        return _paid(paid, DIRECT, paid.amount, on=on, by=by)
    require_neutral(claim, by)
    method = method or CASH
    rest = queries.rest(paid)
    if rest and method != SAVINGS:
        return pay(
            PaymentKind.SETTLEMENT,
            amount=rest,
            channel=method,
            payee=claim.member.name,
            purpose=_("Work for order {order}").format(order=claim.offer.line.order),
            about=paid.pk,
            parties=[claim.member.user, claim.offer.line.order.member.user],
            on=on,
            by=by,
            settlement=paid.pk,
        )
    if waiting_request(PaymentKind.SETTLEMENT, paid.pk):
        raise OrdersRefused(_("This payment waits for a second approval already."))
    book_offsets(paid, on=on, by=by)
    if rest:
        _into_savings(paid, claim, rest, on, by)
    return _paid(paid, SAVINGS if rest else OFFSET, rest, on=on, by=by)


@transaction.atomic
def post_payout(*, settlement: int, amount: int, channel: str, on: datetime.date, by: User, **_told) -> Settlement:
    """Pay the maker of handed-over work: the hook `payments.settlement`.

    Raises OrdersRefused where the maker has chosen anew meanwhile what goes against a debt.
    """
    paid = _waiting(Settlement(pk=settlement), on=on)
    claim = paid.delivery.claim
    require_neutral(claim, by)
    if amount != paid.amount - book_offsets(paid, on=on, by=by):
        raise OrdersRefused(
            _("{member} has chosen anew where the pay goes. Decline this request and ask again.").format(
                member=claim.member.name
            )
        )
    paid.payout_entry = _pay(paid, claim, account_of(channel), amount, on, by)
    ledger.issue_receipt(
        paid.payout_entry,
        party=claim.member.name,
        member=claim.member,
        purpose=_("Work for order {order}").format(order=claim.offer.line.order),
        amount=amount,
        direction=Receipt.Direction.OUT,
        by=by,
    )
    return _paid(paid, Channel(channel), amount, on=on, by=by)


def _paid(paid: Settlement, method: str, rest: int, *, on: datetime.date, by: User) -> Settlement:
    claim = paid.delivery.claim
    paid.method, paid.paid_on, paid.paid_by = str(Channel(method).value), on, by
    paid.save(update_fields=["method", "paid_on", "paid_by", "payout_entry", "savings"])
    audit.record("settlement.paid", claim, by=by, amount=format_rupiah(paid.amount), method=paid.method)
    tell = tell_holder if paid.method == DIRECT else tell_maker
    tell(claim, notifications.paid_out(paid, rest))
    return paid


@transaction.atomic
def reverse_settlement(paid: Settlement, *, reason: str, on: datetime.date, by: User) -> Settlement:
    """Undo a wrong settlement whole, entries, savings, instalment and dues with it; it can then be settled anew.

    Never edited, never deleted; not by who received it or paid it out. Of a direct payment there is only the holder's
    word until the maker confirms it, so the holder takes it back.
    """
    paid = _locked(paid)
    claim = paid.delivery.claim
    if paid.method in UNPOSTED:
        act_for(claim.offer.line.order.member, by)
        if paid.paid_on and paid.method == DIRECT:
            raise OrdersRefused(
                _("{member} has confirmed receiving the money. Settle it among yourselves first.").format(
                    member=claim.member.name
                )
            )
    else:
        require_neutral(claim, by)
    columns = paid.mark_reversed(on=on, by=by, reason=reason, refused=OrdersRefused)
    if paid.paid_on and on < paid.paid_on:
        raise OrdersRefused(_("It cannot be reversed before the day it was done. Choose a later day."), field="on")
    if paid.savings:
        savings.reverse(paid.savings, on=on, reason=reason, by=by)
    undo_offsets(paid, reason=reason, on=on, by=by)
    for entry in (paid.payout_entry, paid.entry):
        if entry:
            ledger.reverse(entry, on=on, reason=reason, by=by)
    paid.save(update_fields=columns)
    audit.record("settlement.reversed", claim, by=by, amount=format_rupiah(paid.amount), reason=paid.reversal_reason)
    tell_maker(claim, notifications.reversed_(paid))
    return paid


def _receive(paid: Settlement, claim: Claim, account: str):
    """Money comes in from the holder of the order; the cooperative owes it to the maker until it is paid out."""
    holder = claim.offer.line.order.member
    entry = ledger.post_entry(
        unit=Books.UMUM,
        on=paid.settled_on,
        reference=_reference(paid, "settled"),
        memo=_("{order}: {member} makes {quantity}").format(
            order=claim.offer.line.order,
            member=claim.member.name,
            quantity=counted(paid.delivery.accepted, claim.offer.line.item),
        ),
        lines=[
            ledger.debit(account, paid.amount),
            ledger.credit(chart.MAKERS_PAYABLE, paid.amount, member=claim.member),
        ],
        by=paid.settled_by,
    )
    ledger.issue_receipt(
        entry,
        party=holder.name,
        member=holder,
        purpose=_("Handed work of order {order}, made by {member}").format(
            order=claim.offer.line.order, member=claim.member.name
        ),
        amount=paid.amount,
        direction=Receipt.Direction.IN,
        by=paid.settled_by,
    )
    return entry


def _into_savings(paid: Settlement, claim: Claim, rest: int, on: datetime.date, by: User) -> None:
    """The general unit owes the savings unit, and the savings unit the maker; the two clearing accounts mirror."""
    paid.payout_entry = _pay(paid, claim, chart.INTER_UNIT, rest, on, by)
    paid.savings = savings.deposit(
        claim.member,
        kind=Movement.Kind.VOLUNTARY,
        amount=rest,
        on=on,
        by=by,
        against=chart.INTER_UNIT,
    )


def _pay(paid: Settlement, claim: Claim, account: str, rest: int, on: datetime.date, by: User):
    return ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=_reference(paid, "paid"),
        memo=_("{order}: paid out to {member}").format(order=claim.offer.line.order, member=claim.member.name),
        lines=[
            ledger.debit(chart.MAKERS_PAYABLE, rest, member=claim.member),
            ledger.credit(account, rest),
        ],
        by=by,
    )


def _reference(paid: Settlement, event: str) -> str:
    """`settlement:<delivery>:settled`; a settlement made anew after a reversal counts on: `settlement:12:settled:2`."""
    again = Settlement.objects.filter(delivery=paid.delivery, reversed_on__isnull=False).count()
    return f"settlement:{paid.delivery_id}:{event}" + (f":{again + 1}" if again else "")


def _refuse_maker(claim: Claim, by: User) -> None:
    if by.pk == claim.member.user_id:
        raise OrdersRefused(
            _("{member} records the payment, and you confirm it.").format(member=claim.offer.line.order.member.name)
        )


def _waiting(paid: Settlement, *, on: datetime.date) -> Settlement:
    """The settlement, locked. Raises OrdersRefused where its maker has the money already, and before it was paid in."""
    paid = _locked(paid)
    if paid.paid_on:
        raise OrdersRefused(_("This was paid out already. Look at the handover."))
    if on < paid.settled_on:
        raise OrdersRefused(_("It cannot be paid out before it was paid in."), field="on")
    return paid


def _locked(paid: Settlement) -> Settlement:
    paid = (
        Settlement.objects.select_for_update(no_key=True, of=["self"])
        .select_related(
            "entry",
            "payout_entry",
            "delivery__claim__member",
            "delivery__claim__offer__line__order__member",
            "delivery__claim__offer__line__item__base_unit",
        )
        .get(pk=paid.pk)
    )
    if paid.reversed_on:
        raise OrdersRefused(_("This settlement was reversed meanwhile. Look at the handover."))
    return paid
