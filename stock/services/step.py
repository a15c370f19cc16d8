"""The steps of a joint purchase: the supplier is chosen, it arrives, the supplier is paid; and reversing a step."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Receipt
from members.models import Partner
from pricing.models import Item
from stock import queries
from stock.errors import StockRefused
from stock.models import JointLine, JointPurchase, JointStep
from stock.services.movement import in_base
from stock.services.purchase import locked, post, refuse_before, refuse_unless, require, tell_everybody
from stock.services.share import take_back
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay

Kind = JointStep.Kind


@transaction.atomic
def choose(purchase: JointPurchase, *, supplier: Partner, on: datetime.date, by: User) -> JointStep:
    """The board chooses a supplier and orders. From here on nobody joins or leaves."""
    purchase, steps = locked(purchase)
    require(Permission.PURCHASE_DECIDE, by)
    refuse_unless(Kind.CHOSEN not in steps, _("The supplier is chosen already."))
    found = [offer for offer in queries.offers(purchase) if offer.supplier_id == supplier.pk]
    if not found or found[0].lacks:
        raise StockRefused(
            _("{supplier} has not given a price for everything that is needed.").format(supplier=supplier),
            field="supplier",
        )
    step = JointStep.objects.create(purchase=purchase, kind=Kind.CHOSEN, supplier=supplier, on=on, by=by)
    audit.record("purchase.chosen", purchase, by=by, supplier=supplier, amount=found[0].total)
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
        raise StockRefused(_("Enter what arrived of the materials that were ordered."))
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
    audit.record("purchase.received", purchase, by=by, amount=total)
    return step


@transaction.atomic
def pay_supplier(purchase: JointPurchase, *, channel: str, on: datetime.date, by: User) -> JointStep | PaymentRequest:
    """The cooperative pays the supplier what it owes. Not by the officer who chose him (four eyes).

    Waits for a second approval where the rules ask for one; the officer who chose the supplier does not give it.
    """
    purchase, steps = _owed_to_supplier(purchase, on=on, by=by)
    chosen = steps[Kind.CHOSEN]
    return pay(
        PaymentKind.SUPPLIER,
        amount=queries.cost(purchase),
        channel=channel,
        payee=chosen.supplier.name,
        purpose=_("Material of the joint purchase: {purpose}").format(purpose=purchase),
        about=purchase.pk,
        parties=[chosen.by],
        on=on,
        by=by,
        purchase=purchase.pk,
    )


@transaction.atomic
def post_supplier(*, purchase: int, amount: int, channel: str, on: datetime.date, by: User, **_told) -> JointStep:
    """Pay the supplier of a joint purchase: the hook `payments.supplier`.

    Raises StockRefused where another receipt was recorded meanwhile, so that another sum is owed.
    """
    found, steps = _owed_to_supplier(JointPurchase(pk=purchase), on=on, by=by)
    supplier = steps[Kind.CHOSEN].supplier
    if amount != queries.cost(found):
        raise StockRefused(_("Another sum is owed to {supplier} by now. Ask again.").format(supplier=supplier))
    entry = post(
        found,
        Kind.PAID,
        _("{purpose}: paid to {supplier}").format(purpose=found, supplier=supplier),
        [ledger.debit(chart.SUPPLIERS_PAYABLE, amount), ledger.credit(account_of(channel), amount)],
        on,
        by,
    )
    step = JointStep.objects.create(
        purchase=found, kind=Kind.PAID, channel=str(Channel(channel).value), entry=entry, on=on, by=by
    )
    audit.record("purchase.supplier_paid", found, by=by, supplier=supplier, amount=amount)
    ledger.issue_receipt(
        entry,
        party=supplier.name,
        purpose=_("Material of the joint purchase: {purpose}").format(purpose=found),
        amount=amount,
        direction=Receipt.Direction.OUT,
        by=by,
    )
    return step


def _owed_to_supplier(purchase: JointPurchase, *, on: datetime.date, by: User):
    """The purchase and its steps, locked. Raises StockRefused where `by` may not pay its supplier `on` this day."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    refuse_unless(Kind.RECEIVED in steps, _("Nothing has arrived yet."))
    refuse_unless(Kind.PAID not in steps, _("The supplier is paid already."))
    if by.pk == steps[Kind.CHOSEN].by_id:
        raise StockRefused(_("You chose the supplier. Another officer must pay."))
    refuse_before(steps[Kind.RECEIVED], on, _("It cannot be paid before it arrived."))
    return purchase, steps


@transaction.atomic
def reverse_step(step: JointStep, *, reason: str, on: datetime.date, by: User) -> JointStep:
    """Undo the choice of a supplier, a receipt, a sharing out or the payment to the supplier. Not by who did it.

    Its entry is reversed, and what was shared out goes back out of the members' stocks. Raises StockRefused while
    a later step or a member's payment stands on it, and where somebody has not so much of it any more.
    """
    purchase, standing = locked(step.purchase)
    require(Permission.PURCHASE_DECIDE if step.kind == Kind.CHOSEN else Permission.STOCK_PAY, by)
    step = standing.get(step.kind) if step.pk == getattr(standing.get(step.kind), "pk", None) else None
    refuse_unless(step is not None, _("This was reversed already. Look at the purchase."))
    changed = step.mark_reversed(on=on, by=by, reason=reason, refused=StockRefused)
    _refuse_while_something_stands_on_it(step, standing)
    if step.kind == Kind.SHARED:
        take_back(step, on)
    if step.entry:
        ledger.reverse(step.entry, on=on, reason=reason, by=by)
    step.save(update_fields=changed)
    audit.record("purchase.reversed", purchase, by=by, step=step.get_kind_display(), reason=reason)
    tell_everybody(
        purchase,
        _("{purpose}: “{step}” was reversed and is done again. {reason}").format(
            purpose=purchase, step=step.get_kind_display(), reason=reason
        ),
    )
    return step


def _refuse_while_something_stands_on_it(step: JointStep, standing: dict[str, JointStep]) -> None:
    if step.kind == Kind.CHOSEN:
        refuse_unless(Kind.RECEIVED not in standing, _("It has arrived. Reverse the receipt first."))
    if step.kind == Kind.RECEIVED:
        refuse_unless(Kind.SHARED not in standing, _("It is shared out. Reverse the sharing out first."))
        refuse_unless(Kind.PAID not in standing, _("The supplier is paid. Reverse that payment first."))
    if step.kind == Kind.SHARED:
        paid = step.payments.unreversed().select_related("member").order_by("member__name")
        names = ", ".join(dict.fromkeys(payment.member.name for payment in paid))
        refuse_unless(not names, _("Paid already by {members}. Reverse these payments first.").format(members=names))
