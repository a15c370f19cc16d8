"""Buying together: who needs how much, what suppliers ask, ordered, received, shared out, paid."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell, tell_all
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt
from ledger.models import Unit as Books
from members.models import Member, Partner
from pricing.models import Item, Unit
from savings import services as savings
from stock import queries
from stock.models import JointLine, JointNeed, JointPayment, JointPurchase, JointShare, Quote, StockMovement
from stock.services.common import StockRefused, act_for, named, require_member
from stock.services.moving import in_base


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
    purchase = _locked(purchase)
    act_for(member, by)
    require_member(member, on=on)
    _refuse_unless(purchase.chosen_on is None, _("It is ordered already. Talk to who opened it."))
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
    purchase = _locked(purchase)
    _refuse_unless(purchase.chosen_on is None, _("The supplier is chosen already."))
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
def choose(purchase: JointPurchase, *, supplier: Partner, on: datetime.date, by: User) -> JointPurchase:
    """The board chooses a supplier and orders. From here on nobody joins or leaves."""
    purchase = _locked(purchase)
    _require(Permission.JOINT_DECIDE, by)
    _refuse_unless(purchase.chosen_on is None, _("The supplier is chosen already."))
    found = [offer for offer in queries.offers(purchase) if offer.supplier_id == supplier.pk]
    if not found or found[0].lacks:
        raise StockRefused(
            _("{supplier} has not said a price for everything that is needed.").format(supplier=supplier),
            field="supplier",
        )
    purchase.supplier, purchase.chosen_on, purchase.chosen_by = supplier, on, by
    purchase.save(update_fields=["supplier", "chosen_on", "chosen_by"])
    audit.record("joint.chosen", purchase, by=by, supplier=supplier, amount=found[0].total)
    _tell_everybody(purchase, _("{purpose}: ordered from {supplier}.").format(purpose=purchase, supplier=supplier))
    return purchase


@transaction.atomic
def receive(
    purchase: JointPurchase, *, lines: dict[Item, tuple[Decimal, int]], on: datetime.date, by: User
) -> JointPurchase:
    """What arrived, `{item: (quantity, cost)}`, and the cooperative's debt to the supplier for it."""
    purchase = _locked(purchase)
    _require(Permission.STOCK_PAY, by)
    _refuse_unless(purchase.chosen_on is not None, _("Nothing is ordered yet."))
    _refuse_unless(purchase.received_on is None, _("It was received already."))
    if on < purchase.chosen_on:
        raise StockRefused(_("It cannot arrive before it was ordered."), field="on")
    needed = {need.item_id for need in purchase.needs.all()}
    if not lines or {item.pk for item in lines} - needed:
        raise StockRefused(_("Write what arrived of the materials that were ordered."))
    JointLine.objects.bulk_create(
        JointLine(purchase=purchase, item=item, quantity=in_base(item, quantity), cost=cost)
        for item, (quantity, cost) in lines.items()
    )
    total = sum(cost for _quantity, cost in lines.values())
    purchase.entry = _post(
        purchase,
        "received",
        _("{purpose}: received from {supplier}").format(purpose=purchase, supplier=purchase.supplier),
        [ledger.debit(chart.INVENTORY, total), ledger.credit(chart.SUPPLIERS_PAYABLE, total)],
        on,
        by,
    )
    purchase.received_on, purchase.received_by = on, by
    purchase.save(update_fields=["received_on", "received_by", "entry"])
    audit.record("joint.received", purchase, by=by, amount=total)
    return purchase


@transaction.atomic
def share_out(purchase: JointPurchase, *, on: datetime.date, by: User) -> list[JointShare]:
    """Share out what arrived by what each needs: into the stocks, and the cost onto the members' accounts."""
    purchase = _locked(purchase)
    _require(Permission.STOCK_PAY, by)
    _refuse_unless(purchase.received_on is not None, _("Nothing has arrived yet."))
    _refuse_unless(purchase.shared_on is None, _("It is shared out already."))
    if on < purchase.received_on:
        raise StockRefused(_("It cannot be shared out before it arrived."), field="on")
    shares, owed = [], {}
    for member, item, share in queries.shares_to_be(purchase):
        if not share.quantity:
            continue
        movement = StockMovement.objects.create(
            member=member,
            item=item,
            kind=StockMovement.Kind.BOUGHT,
            quantity=share.quantity,
            on=on,
            note=_("joint purchase: {purpose}").format(purpose=purchase)[:120],
        )
        shares.append(
            JointShare(
                purchase=purchase,
                member=member,
                item=item,
                quantity=share.quantity,
                amount=share.amount,
                movement=movement,
            )
        )
        owed[member] = owed.get(member, 0) + share.amount
    JointShare.objects.bulk_create(shares)
    total = sum(owed.values())
    purchase.share_entry = _post(
        purchase,
        "shared",
        _("{purpose}: shared out").format(purpose=purchase),
        [
            *(ledger.debit(chart.MEMBER_RECEIVABLES, amount, member=who) for who, amount in owed.items() if amount),
            ledger.credit(chart.INVENTORY, total),
        ],
        on,
        by,
    )
    purchase.shared_on, purchase.shared_by = on, by
    purchase.save(update_fields=["shared_on", "shared_by", "share_entry"])
    audit.record("joint.shared", purchase, by=by, amount=total, members=len(owed))
    for member, amount in owed.items():
        text = _("{purpose}: your share is there, {amount}. Pay it at the treasurer's.").format(
            purpose=purchase, amount=format_rupiah(amount)
        )
        tell(member.user, text, url=url_of(purchase))
    return shares


@transaction.atomic
def pay_share(
    purchase: JointPurchase, *, member: Member, amount: int, way: str, on: datetime.date, by: User
) -> JointPayment:
    """A member pays his share or a part of it: in cash, or out of his voluntary savings."""
    purchase = _locked(purchase)
    _require(Permission.STOCK_PAY, by)
    if by.pk == member.user_id:
        raise StockRefused(_("Another officer must receive your own money."))
    owed = queries.unpaid(purchase, as_of=None).get(member.pk, 0)
    if not 0 < amount <= owed:
        raise StockRefused(
            _("{member} still owes {amount}. Write that much or less.").format(
                member=member.name, amount=format_rupiah(owed)
            ),
            field="amount",
        )
    if on < purchase.shared_on:
        raise StockRefused(_("It cannot be paid before it was shared out."), field="on")
    in_cash = way == JointPayment.Way.CASH
    payment = JointPayment(
        pk=sql.next_pk(JointPayment), purchase=purchase, member=member, amount=amount, way=way, on=on, received_by=by
    )
    payment.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=f"joint:{purchase.pk}:share:{payment.pk}",
        memo=_("{purpose}: {member} pays").format(purpose=purchase, member=member.name)[:200],
        lines=[
            ledger.debit(chart.CASH if in_cash else chart.INTER_UNIT, amount),
            ledger.credit(chart.MEMBER_RECEIVABLES, amount, member=member),
        ],
        by=by,
    )
    payment.save(force_insert=True)
    if in_cash:
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
        savings.withdraw(member, kind="voluntary", amount=amount, on=on, by=by, to=chart.INTER_UNIT)
    audit.record("joint.share_paid", purchase, by=by, member=member.name, amount=amount)
    tell(
        member.user,
        _("{purpose}: {amount} of your share is paid.").format(purpose=purchase, amount=format_rupiah(amount)),
        url=url_of(purchase),
    )
    return payment


@transaction.atomic
def pay_supplier(purchase: JointPurchase, *, on: datetime.date, by: User) -> JointPurchase:
    """The cooperative pays the supplier what it owes. Not by the officer who chose him (four eyes)."""
    purchase = _locked(purchase)
    _require(Permission.STOCK_PAY, by)
    _refuse_unless(purchase.received_on is not None, _("Nothing has arrived yet."))
    _refuse_unless(purchase.paid_on is None, _("The supplier is paid already."))
    if by.pk == purchase.chosen_by_id:
        raise StockRefused(_("You chose the supplier. Another officer must pay him."))
    if on < purchase.received_on:
        raise StockRefused(_("It cannot be paid before it arrived."), field="on")
    total = queries.cost(purchase)
    purchase.payment_entry = _post(
        purchase,
        "supplier",
        _("{purpose}: paid to {supplier}").format(purpose=purchase, supplier=purchase.supplier),
        [ledger.debit(chart.SUPPLIERS_PAYABLE, total), ledger.credit(chart.CASH, total)],
        on,
        by,
    )
    purchase.paid_on, purchase.paid_by = on, by
    purchase.save(update_fields=["paid_on", "paid_by", "payment_entry"])
    audit.record("joint.supplier_paid", purchase, by=by, supplier=purchase.supplier, amount=total)
    ledger.issue_receipt(
        purchase.payment_entry,
        party=purchase.supplier.name,
        purpose=_("Material of the joint purchase: {purpose}").format(purpose=purchase),
        amount=total,
        direction=Receipt.Direction.OUT,
        by=by,
    )
    return purchase


@transaction.atomic
def cancel_purchase(purchase: JointPurchase, *, reason: str, on: datetime.date, by: User) -> JointPurchase:
    """Call it off before anything arrived: by who opened it, or by the board."""
    purchase = _locked(purchase)
    if by.pk != purchase.opened_by_id:
        _require(Permission.JOINT_DECIDE, by)
    _refuse_unless(purchase.received_on is None, _("It has arrived already. Share it out."))
    purchase.cancelled_on, purchase.cancel_reason = on, reason.strip()
    purchase.save(update_fields=["cancelled_on", "cancel_reason"])
    audit.record("joint.cancelled", purchase, by=by, reason=reason)
    _tell_everybody(purchase, _("{purpose} is called off: {reason}").format(purpose=purchase, reason=reason))
    return purchase


# -- shared ------------------------------------------------------------------------------------------------------------


def _locked(purchase: JointPurchase) -> JointPurchase:
    rows = JointPurchase.objects.select_for_update(no_key=True, of=["self"]).select_related("supplier")
    purchase = rows.get(pk=purchase.pk)
    _refuse_unless(purchase.cancelled_on is None, _("This purchase was called off."))
    return purchase


def _require(permission: Permission, by: User) -> None:
    if not by.can(permission):
        raise StockRefused(_("An officer does this. Ask the board."))


def _refuse_unless(right: bool, sentence: str) -> None:
    if not right:
        raise StockRefused(sentence)


def _post(purchase: JointPurchase, event: str, memo: str, lines, on: datetime.date, by: User):
    return ledger.post_entry(
        unit=Books.UMUM, on=on, reference=f"joint:{purchase.pk}:{event}", memo=memo[:200], lines=lines, by=by
    )


def _tell_everybody(purchase: JointPurchase, text: str) -> None:
    users = User.objects.filter(member__in=purchase.needs.values("member"))
    tell_all((user, text, url_of(purchase)) for user in users.order_by("pk"))


def url_of(purchase: JointPurchase) -> str:
    return reverse("stock:purchase", args=[purchase.pk])
