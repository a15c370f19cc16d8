"""What was wrong in a joint purchase is undone, the last step first, and then done again. Nothing is edited."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission
from ledger import services as ledger
from savings import services as savings
from stock import queries
from stock.models import JointPayment, JointShare, JointStep, StockMovement
from stock.services.common import StockRefused, counted, lock_holding
from stock.services.joint import locked, refuse_unless, require, tell_everybody, url_of

Kind = JointStep.Kind


@transaction.atomic
def reverse_step(step: JointStep, *, reason: str, on: datetime.date, by: User) -> JointStep:
    """Undo the choice of a supplier, a receipt, a sharing out or the payment to the supplier. Not by who did it.

    Its entry is reversed, and what was shared out goes back out of the members' stocks. Raises StockRefused while
    a later step or a member's payment stands on it, and where somebody has not so much of it any more.
    """
    purchase, standing = locked(step.purchase)
    require(Permission.JOINT_DECIDE if step.kind == Kind.CHOSEN else Permission.STOCK_PAY, by)
    step = standing.get(step.kind) if step.pk == getattr(standing.get(step.kind), "pk", None) else None
    refuse_unless(step is not None, _("This was reversed already. Look at the purchase."))
    _refuse_own_or_early(step, reason, on, by)
    _refuse_while_something_stands_on_it(step, standing)
    if step.kind == Kind.SHARED:
        _take_back(step, on)
    if step.entry:
        ledger.reverse(step.entry, on=on, reason=reason, by=by)
    _undo(step, reason, on, by)
    audit.record("joint.reversed", purchase, by=by, step=step.get_kind_display(), reason=reason)
    tell_everybody(
        purchase,
        _("{purpose}: “{step}” was reversed and is done again. {reason}").format(
            purpose=purchase, step=step.get_kind_display(), reason=reason
        ),
    )
    return step


@transaction.atomic
def reverse_share_payment(payment: JointPayment, *, reason: str, on: datetime.date, by: User) -> JointPayment:
    """Undo a member's payment for his share, out of savings too; he owes it again. Not by who received it."""
    purchase, _standing = locked(payment.step.purchase)
    require(Permission.STOCK_PAY, by)
    payment = JointPayment.objects.select_related("entry", "savings", "member__user").get(pk=payment.pk)
    refuse_unless(payment.reversed_on is None, _("This was reversed already. Look at the purchase."))
    _refuse_own_or_early(payment, reason, on, by)
    if by.pk == payment.member.user_id:
        raise StockRefused(_("This is your own payment. Another officer must reverse it."))
    if payment.savings:
        savings.reverse(payment.savings, on=on, reason=reason, by=by)
    ledger.reverse(payment.entry, on=on, reason=reason, by=by)
    _undo(payment, reason, on, by)
    words = {"member": payment.member.name, "amount": payment.amount, "reason": reason}
    audit.record("joint.payment_reversed", purchase, by=by, **words)
    tell(
        payment.member.user,
        _("{purpose}: your payment of {amount} was reversed. {reason}").format(
            purpose=purchase, amount=format_rupiah(payment.amount), reason=reason
        ),
        url=url_of(purchase),
    )
    return payment


def _refuse_own_or_early(done: JointStep | JointPayment, reason: str, on: datetime.date, by: User) -> None:
    if by.pk == done.by_id:
        raise StockRefused(_("You wrote it down yourself. Another officer must reverse it."))
    if on < done.on:
        raise StockRefused(_("It cannot be reversed before it happened."), field="on")
    if not reason.strip():
        raise StockRefused(_("Write down the reason, so that it can be followed later."), field="reason")


def _refuse_while_something_stands_on_it(step: JointStep, standing: dict[str, JointStep]) -> None:
    if step.kind == Kind.CHOSEN:
        refuse_unless(Kind.RECEIVED not in standing, _("It has arrived. Reverse the receipt first."))
    if step.kind == Kind.RECEIVED:
        refuse_unless(Kind.SHARED not in standing, _("It is shared out. Reverse the sharing out first."))
        refuse_unless(Kind.PAID not in standing, _("The supplier is paid. Reverse that payment first."))
    if step.kind == Kind.SHARED:
        paid = step.payments.standing().select_related("member").order_by("member__name")
        names = ", ".join(dict.fromkeys(payment.member.name for payment in paid))
        refuse_unless(not names, _("Paid already by {members}. Reverse these payments first.").format(members=names))


def _take_back(step: JointStep, on: datetime.date) -> None:
    """Out of the stocks again; refused as long as one of them has less than his share left."""
    shares = list(step.shares.select_related("member", "item__base_unit").order_by("member", "item"))
    for share in shares:
        lock_holding(share.member, share.item)
        left = queries.lowest(share.member, share.item, since=on)
        if left < share.quantity:
            raise StockRefused(
                _(
                    "{member} has {left} of the {quantity} {item} left, the rest has gone on. "
                    "Let it come back or count the stock, then reverse."
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


def _undo(done: JointStep | JointPayment, reason: str, on: datetime.date, by: User) -> None:
    done.reversed_on, done.reversed_by, done.reversal_reason = on, by, reason.strip()
    done.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
