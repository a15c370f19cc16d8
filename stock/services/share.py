"""Sharing out what arrived, and what the members pay for it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from members.models import Member
from savings import services as savings
from stock import queries
from stock.errors import StockRefused
from stock.models import JointPayment, JointPurchase, JointShare, JointStep, StockMovement
from stock.notifications import counted
from stock.services.common import lock_holding
from stock.services.purchase import locked, post, refuse_before, refuse_unless, require, url_of

Kind = JointStep.Kind


@transaction.atomic
def share_out(purchase: JointPurchase, *, on: datetime.date, by: User) -> JointStep:
    """Share out what arrived by what each needs: into the stocks, and the cost onto the members' accounts."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    refuse_unless(Kind.RECEIVED in steps, _("Nothing has arrived yet."))
    refuse_unless(Kind.SHARED not in steps, _("It is shared out already."))
    refuse_before(steps[Kind.RECEIVED], on, _("It cannot be shared out before it arrived."))
    parts = [(member, item, share) for member, item, share in queries.shares_to_be(purchase) if share.quantity]
    owed = {}
    for member, _item, share in parts:
        owed[member] = owed.get(member, 0) + share.amount
    total = sum(owed.values())
    entry = post(
        purchase,
        Kind.SHARED,
        _("{purpose}: shared out").format(purpose=purchase),
        [
            *(ledger.debit(chart.MEMBER_RECEIVABLES, amount, member=who) for who, amount in owed.items() if amount),
            ledger.credit(chart.INVENTORY, total),
        ],
        on,
        by,
    )
    step = JointStep.objects.create(purchase=purchase, kind=Kind.SHARED, entry=entry, on=on, by=by)
    note = _("joint purchase: {purpose}").format(purpose=purchase)[:120]
    for member, item, share in parts:
        movement = StockMovement.objects.create(
            member=member, item=item, kind=StockMovement.Kind.BOUGHT, quantity=share.quantity, on=on, note=note
        )
        JointShare.objects.create(
            step=step, member=member, item=item, quantity=share.quantity, amount=share.amount, movement=movement
        )
    audit.record("purchase.shared", purchase, by=by, amount=total, members=len(owed))
    for member, amount in owed.items():
        text = _("{purpose}: your share has arrived, {amount}. Pay it at the treasurer's.").format(
            purpose=purchase, amount=format_rupiah(amount)
        )
        tell(member.user, text, url=url_of(purchase))
    return step


@transaction.atomic
def pay_share(
    purchase: JointPurchase, *, member: Member, amount: int, channel: str, on: datetime.date, by: User
) -> JointPayment:
    """A member pays his share or a part of it: in cash, by bank or QRIS, or out of his voluntary savings."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    if by.pk == member.user_id:
        raise StockRefused(_("Another officer must receive your own money."))
    owed = queries.unpaid(purchase).get(member.pk, 0)
    if not 0 < amount <= owed:
        raise StockRefused(
            _("{member} still owes {amount}. Enter that much or less.").format(
                member=member.name, amount=format_rupiah(owed)
            ),
            field="amount",
        )
    step = steps[Kind.SHARED]
    refuse_before(step, on, _("It cannot be paid before it was shared out."))
    way = Channel(channel)
    payment = JointPayment(
        pk=sql.next_pk(JointPayment), step=step, member=member, amount=amount, channel=way, on=on, by=by
    )
    payment.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=f"joint:{purchase.pk}:share:{payment.pk}",
        memo=_("{purpose}: {member} pays").format(purpose=purchase, member=member.name)[:200],
        lines=[
            ledger.debit(account_of(channel) if way.makes_receipt else chart.INTER_UNIT, amount),
            ledger.credit(chart.MEMBER_RECEIVABLES, amount, member=member),
        ],
        by=by,
    )
    if way.makes_receipt:
        ledger.issue_receipt(
            payment.entry,
            party=member.name,
            member=member,
            purpose=_("Share of the joint purchase: {purpose}").format(purpose=purchase),
            amount=amount,
            direction=Receipt.Direction.IN,
            by=by,
        )
    else:
        payment.savings = savings.withdraw(member, kind="voluntary", amount=amount, on=on, by=by, to=chart.INTER_UNIT)
    payment.save(force_insert=True)
    audit.record("purchase.share_paid", purchase, by=by, member=member.name, amount=amount)
    tell(
        member.user,
        _("{purpose}: {amount} of your share is paid.").format(purpose=purchase, amount=format_rupiah(amount)),
        url=url_of(purchase),
    )
    return payment


@transaction.atomic
def reverse_share_payment(payment: JointPayment, *, reason: str, on: datetime.date, by: User) -> JointPayment:
    """Undo a member's payment for his share, out of savings too; he owes it again. Not by who received it."""
    purchase, _standing = locked(payment.step.purchase)
    require(Permission.STOCK_PAY, by)
    payment = JointPayment.objects.select_related("entry", "savings", "member__user").get(pk=payment.pk)
    changed = payment.mark_reversed(on=on, by=by, reason=reason, refused=StockRefused)
    if by.pk == payment.member.user_id:
        raise StockRefused(_("This is your own payment. Another officer must reverse it."))
    if payment.savings:
        savings.reverse(payment.savings, on=on, reason=reason, by=by)
    ledger.reverse(payment.entry, on=on, reason=reason, by=by)
    payment.save(update_fields=changed)
    words = {"member": payment.member.name, "amount": payment.amount, "reason": reason}
    audit.record("purchase.payment_reversed", purchase, by=by, **words)
    tell(
        payment.member.user,
        _("{purpose}: your payment of {amount} was reversed. {reason}").format(
            purpose=purchase, amount=format_rupiah(payment.amount), reason=reason
        ),
        url=url_of(purchase),
    )
    return payment


def take_back(step: JointStep, on: datetime.date) -> None:
    """Out of the stocks again; refused as long as one of the members has less than their share left."""
    shares = list(step.shares.select_related("member", "item__base_unit").order_by("member", "item"))
    for share in shares:
        lock_holding(share.member, share.item)
        left = queries.lowest(share.member, share.item, since=on)
        if left < share.quantity:
            raise StockRefused(
                _(
                    "{member} has {left} of the {quantity} {item} left, the rest has moved on. Let it come back or "
                    "count the stock, then reverse."
                ).format(
                    member=share.member.name,
                    left=counted(left, share.item),
                    quantity=counted(share.quantity, share.item),
                    item=share.item,
                )
            )
        share.taken_back = StockMovement.objects.create(
            member=share.member,
            item=share.item,
            kind=StockMovement.Kind.TAKEN_BACK,
            quantity=-share.quantity,
            on=on,
            note=share.movement.note,
        )
    JointShare.objects.bulk_update(shares, ["taken_back"])
