"""The board: offering a part of an order to other hands, and taking it off again."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell, tell_all
from core.services import store
from core.uploads import Upload
from orders import notifications, queries
from orders.arithmetic.margin import Margin
from orders.models import Offer, OrderLine
from orders.services.common import OrdersRefused, act_for, counted, locked_open_order
from pricing import services as pricing

ONE = Decimal(1)
TOLD = 5
"""So many of the members who fit best hear of a new offer; the board shows it to everybody."""


class AtALoss(OrdersRefused):
    """The work can be offered so, but not without having read that the order loses money by it."""

    def __init__(self, found: Margin):
        text = _(
            "At this price the order loses {loss} on each one, {total} in all: the buyer pays {price}, the maker gets "
            "{maker}, the material costs {material}, bringing it {bringing}. Offer less, or tick “{tick}”."
        )
        super().__init__(
            text.format(
                loss=format_rupiah(-found.remains),
                total=format_rupiah(-found.total),
                price=format_rupiah(found.price),
                maker=format_rupiah(found.maker),
                material=format_rupiah(found.material or 0),
                bringing=format_rupiah(found.bringing),
                tick=_("I know that the order loses money"),
            ),
            field="at_a_loss",
        )


@transaction.atomic
def post_offer(
    line: OrderLine,
    *,
    quantity: Decimal,
    maker_price: int,
    material_included: bool,
    closes_on: datetime.date,
    due_on: datetime.date,
    is_shared: bool = False,
    step: Decimal = ONE,
    photo: Upload | None = None,
    note: str = "",
    quality: str = "",
    rejects: str = Offer.Rejects.REOPEN,
    late_penalty: int = 0,
    reject_penalty: int = 0,
    advance_bp: int = 0,
    at_a_loss: bool = False,
    on: datetime.date,
    by: User,
) -> Offer:
    """Offer part of an order line to other hands and tell the five members who could best be asked.

    An offer goes to whoever takes it first, or, `is_shared`, to all who asked when it closes, in whole `step`s. Whoever
    takes part agrees to its terms: price, quality, what happens to rejects, what is taken off, what is paid ahead.
    Raises OrdersRefused for more than remains with the workshop, a price above what the buyer pays, a loss that was
    not read (AtALoss), lots larger than the offer, an end of the offer in the past, or a due day after that of the
    order.
    """
    order = locked_open_order(line.order, by=by)
    quantity = pricing.in_base_units(line.item, quantity, line.item.base_unit)
    remaining = queries.not_offered(line, as_of=on)
    if not 0 < quantity <= remaining:
        raise OrdersRefused(
            _("{left} of this line can be offered; the rest is taken or on the board.").format(
                left=counted(remaining, line.item)
            ),
            field="quantity",
        )
    terms = {
        "maker_price": maker_price,
        "quality": quality.strip(),
        "rejects": rejects,
        "late_penalty": late_penalty,
        "reject_penalty": reject_penalty,
        "advance_bp": advance_bp,
    }
    refuse_unfair_terms(terms, line=line)
    if is_shared and step > quantity:
        raise OrdersRefused(
            _("{quantity} are less than one such lot. Share them in smaller ones.").format(
                quantity=counted(quantity, line.item)
            ),
            field="step",
        )
    if closes_on < on:
        raise OrdersRefused(_("The offer must stay open until today at least."), field="closes_on")
    if not closes_on <= due_on <= order.due_on:
        raise OrdersRefused(
            _("The work must be due between the end of the offer and {day}, when the buyer expects it.").format(
                day=date_format(order.due_on, "j F Y")
            ),
            field="due_on",
        )
    found = queries.offer_margin(
        line, quantity=quantity, maker=maker_price, material_included=material_included, as_of=on
    )
    if found.is_loss and not at_a_loss:
        raise AtALoss(found)
    offer = Offer.objects.create(
        line=line,
        quantity=quantity,
        **terms,
        material_included=material_included,
        is_shared=is_shared,
        step=step,
        photo=photo and store(photo, by=by),
        posted_on=on,
        closes_on=closes_on,
        due_on=due_on,
        note=note,
        posted_by=by,
    )
    audit.record("offer.posted", offer, by=by, quantity=counted(quantity, line.item), maker_price=maker_price)
    _tell_candidates(offer, on=on)
    return offer


def refuse_unfair_terms(terms: dict, *, line: OrderLine) -> None:
    """Raises OrdersRefused for a price above the buyer's, and for more taken off than one is worth."""
    if terms["maker_price"] > line.price:
        raise OrdersRefused(
            _("The buyer pays {price}. The maker's price cannot be more than that.").format(
                price=format_rupiah(line.price)
            ),
            field="maker_price",
        )
    if terms["reject_penalty"] > terms["maker_price"]:
        raise OrdersRefused(
            _("No more can be taken off for one than its price of {price}.").format(
                price=format_rupiah(terms["maker_price"])
            ),
            field="reject_penalty",
        )
    if not 0 <= terms["advance_bp"] <= 10_000:
        raise OrdersRefused(_("No more than the whole price can be paid ahead."), field="advance_bp")


def _tell_candidates(offer: Offer, *, on: datetime.date) -> None:
    text = notifications.offered(offer, offer.quantity)
    best = [candidate.user_id for candidate in queries.proposals(offer, as_of=on)[:TOLD]]
    for user in User.objects.filter(pk__in=best):
        tell(user, text, url=reverse("orders:offer", args=[offer.pk]))


@transaction.atomic
def withdraw_offer(offer: Offer, *, on: datetime.date, by: User) -> Offer:
    """Take the rest of an offer off the board; what others took stays theirs."""
    offer = locked_offer(offer)
    act_for(offer.line.order.member, by)
    if offer.withdrawn_on:
        raise OrdersRefused(_("This offer was taken off the board already."))
    offer.withdrawn_on = on
    offer.save(update_fields=["withdrawn_on"])
    audit.record("offer.withdrawn", offer, by=by)
    text = notifications.off_the_board(offer)
    page = reverse("orders:offer", args=[offer.pk])
    waiting = offer.requests.waiting().select_related("member__user")
    tell_all((request.member.user, text, page) for request in waiting)
    return offer


def locked_offer(offer: Offer) -> Offer:
    rows = Offer.objects.select_for_update(no_key=True, of=["self"])
    return rows.select_related("line__order__member", "line__item__base_unit", "line__item__skill").get(pk=offer.pk)
