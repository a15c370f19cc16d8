"""Buying together: who needs how much, and what suppliers ask for it."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import Topic, User
from core.notices import tell_all
from core.permissions import Permission
from governance.services.announcement import tell_members
from ledger import services as ledger
from ledger.models import Entry
from ledger.models import Unit as Books
from members.models import Member, Partner
from pricing.models import Item, Unit
from stock.errors import StockRefused
from stock.models import JointNeed, JointPurchase, JointStep, Quote
from stock.notifications import named
from stock.services.common import act_for, require_member
from stock.services.movement import in_base

Kind = JointStep.Kind


@transaction.atomic
def open_purchase(
    *, purpose: str, needed_on: datetime.date, url: str = "", on: datetime.date, by: User
) -> JointPurchase:
    """Begin a joint purchase; members then record what they need of it."""
    if needed_on < on:
        raise StockRefused(_("The day on which it is needed has passed."), field="needed_on")
    purchase = JointPurchase.objects.create(
        purpose=purpose.strip(), url=url, needed_on=needed_on, opened_on=on, opened_by=by
    )
    audit.record("purchase.opened", purchase, by=by, needed_on=needed_on)
    text = _("A joint purchase is open: {purpose}. Write what you need.").format(purpose=purchase.purpose)
    tell_members(Topic.PURCHASE, text, title=_("Joint purchase"), url=url_of(purchase), on=on, by=by)
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
    refuse_unless(Kind.CHOSEN not in steps, _("It is ordered already. Talk to the person who opened it."))
    if item.kind != Item.Kind.MATERIAL:
        raise StockRefused(_("{item} is not a material. Choose a material.").format(item=item), field="item")
    if not quantity:
        JointNeed.objects.filter(purchase=purchase, member=member, item=item).delete()
        audit.record("purchase.left", purchase, by=by, member=member.name, item=item)
        return None
    quantity = in_base(item, quantity, unit)
    need, _created = JointNeed.objects.update_or_create(
        purchase=purchase, member=member, item=item, defaults={"quantity": quantity}
    )
    audit.record("purchase.joined", purchase, by=by, member=member.name, quantity=named(quantity, item))
    return need


@transaction.atomic
def quote(purchase: JointPurchase, *, supplier: Partner, item: Item, price: int, on: datetime.date, by: User) -> Quote:
    """Write down what a supplier asks for one unit. Writing again corrects, until one is chosen."""
    purchase, steps = locked(purchase)
    refuse_unless(Kind.CHOSEN not in steps, _("The supplier is chosen already."))
    if supplier.kind != Partner.Kind.SUPPLIER:
        raise StockRefused(_("{partner} is not a supplier.").format(partner=supplier), field="supplier")
    if not purchase.needs.filter(item=item).exists():
        raise StockRefused(_("Nobody has asked for {item}.").format(item=item), field="item")
    row, _created = Quote.objects.update_or_create(
        purchase=purchase, supplier=supplier, item=item, defaults={"price": price, "asked_on": on}
    )
    audit.record("purchase.quoted", purchase, by=by, supplier=supplier, item=item, price_amount=price)
    return row


@transaction.atomic
def cancel_purchase(purchase: JointPurchase, *, reason: str, on: datetime.date, by: User) -> JointPurchase:
    """Cancel it before anything arrived: by the person who opened it, or by the board."""
    purchase, steps = locked(purchase)
    if by.pk != purchase.opened_by_id:
        require(Permission.PURCHASE_DECIDE, by)
    refuse_unless(Kind.RECEIVED not in steps, _("It has arrived already. Share it out."))
    purchase.cancelled_on, purchase.cancel_reason = on, reason.strip()
    purchase.save(update_fields=["cancelled_on", "cancel_reason"])
    audit.record("purchase.cancelled", purchase, by=by, reason=reason)
    tell_everybody(purchase, _("{purpose} is cancelled: {reason}").format(purpose=purchase, reason=reason))
    return purchase


# -- shared with the steps and the shares ------------------------------------------------------------------------------


def locked(purchase: JointPurchase) -> tuple[JointPurchase, dict[str, JointStep]]:
    """The purchase and the steps that stand, which nobody else changes until the commit. Refused once cancelled."""
    purchase = JointPurchase.objects.select_for_update(no_key=True).get(pk=purchase.pk)
    refuse_unless(purchase.cancelled_on is None, _("This purchase was cancelled."))
    rows = JointStep.objects.unreversed().filter(purchase=purchase).select_related("supplier", "by", "entry")
    return purchase, {step.kind: step for step in rows}


def require(permission: Permission, by: User) -> None:
    if not by.can(permission):
        raise StockRefused(_("An officer does this. Ask the board."))


def refuse_unless(right: bool, sentence: str) -> None:
    if not right:
        raise StockRefused(sentence)


def refuse_before(step: JointStep, on: datetime.date, sentence: str) -> None:
    """Nothing happens before the day of the step it stands on."""
    if on < step.on:
        raise StockRefused(sentence, field="on")


def post(purchase: JointPurchase, kind: str, memo: str, lines, on: datetime.date, by: User) -> Entry:
    """The entry of a step, `joint:12:received`; done again after a reversal it counts on, `joint:12:received:2`."""
    again = JointStep.objects.filter(purchase=purchase, kind=kind, reversed_on__isnull=False).count()
    reference = f"joint:{purchase.pk}:{kind}" + (f":{again + 1}" if again else "")
    return ledger.post_entry(unit=Books.UMUM, on=on, reference=reference, memo=memo[:200], lines=lines, by=by)


def tell_everybody(purchase: JointPurchase, text: str) -> None:
    users = User.objects.filter(member__in=purchase.needs.values("member"))
    tell_all((user, text, url_of(purchase)) for user in users.order_by("pk"))


def url_of(purchase: JointPurchase) -> str:
    return reverse("stock:purchase", args=[purchase.pk])
