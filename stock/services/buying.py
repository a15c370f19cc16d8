"""Buying together: who needs how much, what suppliers ask, ordered, received, shared out."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from members.models import Member, Partner
from pricing.models import Item, Unit
from stock import queries
from stock.models import JointLine, JointNeed, JointPurchase, JointShare, JointStep, Quote, StockMovement
from stock.services.common import StockRefused, act_for, named, require_member
from stock.services.joint import locked, post, refuse_before, refuse_unless, require, tell_everybody, url_of
from stock.services.moving import in_base

Kind = JointStep.Kind


@transaction.atomic
def open_purchase(
    *, purpose: str, needed_on: datetime.date, url: str = "", on: datetime.date, by: User
) -> JointPurchase:
    """Begin a joint purchase; members then write down what they need of it."""
    if needed_on < on:
        raise StockRefused(_("The day on which it is needed is over already."), field="needed_on")
    purchase = JointPurchase.objects.create(
        purpose=purpose.strip(), url=url, needed_on=needed_on, opened_on=on, opened_by=by
    )
    audit.record("joint.opened", purchase, by=by, needed_on=needed_on)
    return purchase


@transaction.atomic
def join(
    purchase: JointPurchase,
    *,
    member: Member,
    item: Item,
    quantity: Decimal,
    unit: Unit | None = None,
    on: datetime.date,
    by: User,
) -> JointNeed | None:
    """A member wants so much of a material; writing again changes it, 0 takes it back. Closed once ordered."""
    purchase, steps = locked(purchase)
    act_for(member, by)
    require_member(member, on=on)
    refuse_unless(Kind.CHOSEN not in steps, _("It is ordered already. Talk to who opened it."))
    if item.kind != Item.Kind.MATERIAL:
        raise StockRefused(_("{item} is no material. Choose a material.").format(item=item), field="item")
    if not quantity:
        JointNeed.objects.filter(purchase=purchase, member=member, item=item).delete()
        audit.record("joint.left", purchase, by=by, member=member.name, item=item)
        return None
    quantity = in_base(item, quantity, unit)
    need, _created = JointNeed.objects.update_or_create(
        purchase=purchase, member=member, item=item, defaults={"quantity": quantity}
    )
    audit.record("joint.joined", purchase, by=by, member=member.name, quantity=named(quantity, item))
    return need


@transaction.atomic
def quote(purchase: JointPurchase, *, supplier: Partner, item: Item, price: int, on: datetime.date, by: User) -> Quote:
    """Write down what a supplier asks for one unit. Writing again corrects, until one is chosen."""
    purchase, steps = locked(purchase)
    refuse_unless(Kind.CHOSEN not in steps, _("The supplier is chosen already."))
    if supplier.kind != Partner.Kind.SUPPLIER:
        raise StockRefused(_("{partner} is no supplier.").format(partner=supplier), field="supplier")
    if not purchase.needs.filter(item=item).exists():
        raise StockRefused(_("Nobody has asked for {item}.").format(item=item), field="item")
    row, _created = Quote.objects.update_or_create(
        purchase=purchase, supplier=supplier, item=item, defaults={"price": price, "asked_on": on}
    )
    audit.record("joint.quoted", purchase, by=by, supplier=supplier, item=item, price_amount=price)
    return row


@transaction.atomic
def choose(purchase: JointPurchase, *, supplier: Partner, on: datetime.date, by: User) -> JointStep:
    """The board chooses a supplier and orders. From here on nobody joins or leaves."""
    purchase, steps = locked(purchase)
    require(Permission.JOINT_DECIDE, by)
    refuse_unless(Kind.CHOSEN not in steps, _("The supplier is chosen already."))
    found = [offer for offer in queries.offers(purchase) if offer.supplier_id == supplier.pk]
    if not found or found[0].lacks:
        raise StockRefused(
            _("{supplier} has not said a price for everything that is needed.").format(supplier=supplier),
            field="supplier",
        )
    step = JointStep.objects.create(purchase=purchase, kind=Kind.CHOSEN, supplier=supplier, on=on, by=by)
    audit.record("joint.chosen", purchase, by=by, supplier=supplier, amount=found[0].total)
    tell_everybody(purchase, _("{purpose}: ordered from {supplier}.").format(purpose=purchase, supplier=supplier))
    return step


@transaction.atomic
def receive(
    purchase: JointPurchase, *, lines: dict[Item, tuple[Decimal, int]], on: datetime.date, by: User
) -> JointStep:
    """What arrived, `{item: (quantity, cost)}`, and the cooperative's debt to the supplier for it."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    refuse_unless(Kind.CHOSEN in steps, _("Nothing is ordered yet."))
    refuse_unless(Kind.RECEIVED not in steps, _("It was received already."))
    refuse_before(steps[Kind.CHOSEN], on, _("It cannot arrive before it was ordered."))
    needed = {need.item_id for need in purchase.needs.all()}
    if not lines or {item.pk for item in lines} - needed:
        raise StockRefused(_("Write what arrived of the materials that were ordered."))
    total = sum(cost for _quantity, cost in lines.values())
    entry = post(
        purchase,
        Kind.RECEIVED,
        _("{purpose}: received from {supplier}").format(purpose=purchase, supplier=steps[Kind.CHOSEN].supplier),
        [ledger.debit(chart.INVENTORY, total), ledger.credit(chart.SUPPLIERS_PAYABLE, total)],
        on,
        by,
    )
    step = JointStep.objects.create(purchase=purchase, kind=Kind.RECEIVED, entry=entry, on=on, by=by)
    JointLine.objects.bulk_create(
        JointLine(step=step, item=item, quantity=in_base(item, quantity), cost=cost)
        for item, (quantity, cost) in lines.items()
    )
    audit.record("joint.received", purchase, by=by, amount=total)
    return step


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
    audit.record("joint.shared", purchase, by=by, amount=total, members=len(owed))
    for member, amount in owed.items():
        text = _("{purpose}: your share is there, {amount}. Pay it at the treasurer's.").format(
            purpose=purchase, amount=format_rupiah(amount)
        )
        tell(member.user, text, url=url_of(purchase))
    return step


@transaction.atomic
def cancel_purchase(purchase: JointPurchase, *, reason: str, on: datetime.date, by: User) -> JointPurchase:
    """Call it off before anything arrived: by who opened it, or by the board."""
    purchase, steps = locked(purchase)
    if by.pk != purchase.opened_by_id:
        require(Permission.JOINT_DECIDE, by)
    refuse_unless(Kind.RECEIVED not in steps, _("It has arrived already. Share it out."))
    purchase.cancelled_on, purchase.cancel_reason = on, reason.strip()
    purchase.save(update_fields=["cancelled_on", "cancel_reason"])
    audit.record("joint.cancelled", purchase, by=by, reason=reason)
    tell_everybody(purchase, _("{purpose} is called off: {reason}").format(purpose=purchase, reason=reason))
    return purchase
