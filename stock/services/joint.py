"""What every service of a joint purchase shares."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.notices import tell_all
from core.permissions import Permission
from ledger import services as ledger
from ledger.models import Entry
from ledger.models import Unit as Books
from stock.models import JointPurchase, JointStep
from stock.services.common import StockRefused


def locked(purchase: JointPurchase) -> tuple[JointPurchase, dict[str, JointStep]]:
    """The purchase and the steps that stand, which nobody else changes until the commit. Refused once called off."""
    purchase = JointPurchase.objects.select_for_update(no_key=True).get(pk=purchase.pk)
    refuse_unless(purchase.cancelled_on is None, _("This purchase was called off."))
    standing = JointStep.objects.standing().filter(purchase=purchase).select_related("supplier", "by", "entry")
    return purchase, {step.kind: step for step in standing}


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
