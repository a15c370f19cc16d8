"""What an order should look like, and how far the own workshop is with it."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.services import store
from core.uploads import Upload
from orders import queries
from orders.models import NONE, LinePhoto, OrderLine, Progress, SellingRules
from orders.services.common import OrdersRefused, counted, locked_open_order
from pricing import services as pricing

MOST_PHOTOS = 6


@transaction.atomic
def specify(line: OrderLine, *, specification: str, photo: Upload | None = None, by: User) -> OrderLine:
    """Write down what the buyer wants: in words, and one more photo. Raises OrdersRefused for the seventh photo."""
    order = locked_open_order(line.order, by=by)
    line.specification = specification.strip()
    line.save(update_fields=["specification"])
    if photo:
        if line.photos.count() >= MOST_PHOTOS:
            raise OrdersRefused(
                _("{count} photos are enough for one item. Say the rest in words.").format(count=MOST_PHOTOS),
                field="photo",
            )
        LinePhoto.objects.create(line=line, file=store(photo, by=by))
    audit.record("order.specified", order, by=by, item=line.item, photo=photo and photo.name)
    return line


@transaction.atomic
def tell_progress(line: OrderLine, *, made: Decimal, on: datetime.date, by: User) -> Progress:
    """The workshop says how many it has made so far; saying it again on the same day corrects.

    Raises OrdersRefused for more than the workshop makes itself, and for a day before the order.
    """
    order = locked_open_order(line.order, by=by)
    if on < order.ordered_on:
        raise OrdersRefused(_("The work cannot begin before the order was taken. Choose a later day."), field="on")
    item = line.item
    made = pricing.in_base_units(item, made, item.base_unit) if made else NONE
    own = queries.own_part(line)
    if not 0 <= made <= own:
        raise OrdersRefused(
            _("{own} of this line are made in the own workshop. Write that many or fewer.").format(
                own=counted(own, item)
            ),
            field="made",
        )
    progress, _created = Progress.objects.update_or_create(
        line=line, told_on=on, defaults={"made": made, "told_by": by}
    )
    audit.record("order.progress", order, by=by, made=counted(made, item), item=item)
    return progress


@transaction.atomic
def set_terms(order, *, seller: str, deposit_asked: int, terms_days: int, by: User):
    """Who sells, the deposit agreed and the days to pay; where the cooperative sells, it keeps what the rules of the

    day of the order say. Raises OrdersRefused once money or an invoice is there."""
    order = locked_open_order(order, by=by)
    if order.invoices.exists() or order.payments.exists():
        raise OrdersRefused(
            _(
                "There is an invoice or a payment already, so the terms stay. Where they are wrong, cancel the order "
                "and write it down anew."
            )
        )
    if deposit_asked > queries.amount(order):
        raise OrdersRefused(_("The deposit is more than the whole order. Write less."), field="deposit_asked")
    order.seller, order.deposit_asked, order.terms_days = seller, deposit_asked, terms_days
    order.kept_bp = SellingRules.at(order.ordered_on).kept_bp if order.is_sold_by_cooperative else 0
    order.save(update_fields=["seller", "deposit_asked", "terms_days", "kept_bp"])
    audit.record("order.terms", order, by=by, seller=order.get_seller_display(), amount=deposit_asked, days=terms_days)
    return order
