"""The offers of an order, who fits them and why, and the board as one member sees it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber, to_python

from core import sql
from core.money import format_quantity
from members.models import Member
from orders.arithmetic.offer import NAMED, PROVEN, UNKNOWN, Fit, best
from orders.models import Offer, Order, OrderLine, WorkRequest
from pricing.models import Item


def not_offered(line: OrderLine, *, as_of: datetime.date) -> Decimal:
    """What of a line is neither with other hands, nor on the board, nor here finished: the most to be offered."""
    remaining = line.base_quantity
    for offer in line.offers.counted():
        is_open = offer.withdrawn_on is None and offer.closes_on >= as_of
        remaining -= offer.quantity if is_open else offer.taken - offer.rejected
    goods = line.goods.confirmed().aggregate(total=Sum("loan__quantity"))["total"]
    return remaining - (goods or 0)


def offers_of(order: Order) -> QuerySet[Offer]:
    """What was offered of an order, with its counts, newest first."""
    return Offer.objects.counted().filter(line__order=order).select_related("line__item__base_unit").order_by("-pk")


def own_offers(member: Member, *, as_of: datetime.date) -> QuerySet[Offer]:
    """What the member offers now, with its counts and how many wait for an answer (`asking`), first to close first."""
    rows = Offer.objects.counted().filter(line__order__member=member, line__order__finished_on=None).open(as_of=as_of)
    asking = Count("requests", filter=Q(requests__withdrawn_on=None, requests__claim=None), distinct=True)
    return rows.select_related("line__item__base_unit").annotate(asking=asking).order_by("closes_on", "pk")


def own_requests(member: Member) -> QuerySet[WorkRequest]:
    """What the member asked for and nobody has answered."""
    rows = WorkRequest.objects.waiting().filter(member=member, offer__withdrawn_on=None)
    return rows.select_related("offer__line__item__base_unit", "offer__line__order__member").order_by("asked_on", "pk")


def last_maker_price(item: Item, *, material_included: bool = True) -> int | None:
    """What the maker of one got the last time it was offered so, with or without material: what the page proposes;

    None where it never was.
    """
    offers = Offer.objects.filter(line__item=item, material_included=material_included).order_by("-posted_on", "-pk")
    return offers.values_list("maker_price", flat=True).first()


def offers(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with their counts and everything their page shows."""
    return rows.counted().select_related("line__item__base_unit", "line__item__skill", "line__order__member")


def left(offer: Offer) -> Decimal:
    """How much of the offer still looks for hands; read it under the lock of the offer."""
    return Offer.objects.counted().values_list("left", flat=True).get(pk=offer.pk)


SHORTLIST = 200
"""Of so many, the first by skill, jobs and waiting, the room is worked out and the best are shown."""


@dataclass(frozen=True)
class Candidate:
    """A member who could be asked, in the order of asking, with the reasons in words."""

    pk: int
    name: str
    business: str
    user_id: int | None
    phone: PhoneNumber | str
    free: Decimal | None
    jobs: int
    weeks_idle: int
    can: bool
    reasons: Sequence[str]


def proposals(offer: Offer, *, as_of: datetime.date, only: Member | None = None) -> list[Candidate]:
    """Who could take this work, best first: able, few orders, long without work. Two queries, however many members."""
    members = [only.pk] if only else None
    counted = Offer.objects.counted().select_related("line__item__base_unit", "line__item__skill").get(pk=offer.pk)
    return best(
        (_fit(row, counted.left), _candidate(row, counted))
        for row in sql.rows(
            "orders/sql/proposals.sql", offer=offer.pk, members=members, as_of=as_of, shortlist=SHORTLIST
        )
    )


def warnings(member: Member, *, offer: Offer, quantity: Decimal, as_of: datetime.date) -> list[str]:
    """What speaks against this member taking `quantity`: skill, capacity. They may take it all the same."""
    rows = sql.rows("orders/sql/proposals.sql", offer=offer.pk, members=[member.pk], as_of=as_of, shortlist=1)
    if not rows:
        return [_("No workshop is recorded for you yet.")]
    [row] = rows
    item, found = offer.line.item, []
    if not row.has_skill and not row.times_made:
        found.append(_("The skill “{skill}” is not recorded for you.").format(skill=item.skill))
    if row.free is not None and row.free < quantity:
        found.append(
            _("Beside your other work there is room for {free} until {day}.").format(
                free=f"{format_quantity(row.free)} {item.base_unit}", day=date_format(offer.due_on, "j F Y")
            )
        )
        if offer.is_shared:
            found.append(
                _("When it is shared you get {free} at most; only {holder} can give you more, by hand.").format(
                    free=f"{format_quantity(row.free)} {item.base_unit}", holder=offer.line.order.member.name
                )
            )
    return found


def fitting(offer: Offer, candidate: Candidate | None) -> Decimal:
    """What a member is proposed to take of a counted offer: what is left of it, no more than there is room for."""
    if candidate is None or candidate.free is None or candidate.free <= 0:
        return offer.left
    fits = min(offer.left, candidate.free)
    return fits // offer.step * offer.step or fits


def _fit(row, remaining: Decimal) -> Fit:
    skill = PROVEN if row.times_made else NAMED if row.has_skill else UNKNOWN
    return Fit(
        skill=skill,
        free=row.free,
        jobs=row.jobs,
        weeks_idle=row.weeks_idle,
        left=remaining,
        received=getattr(row, "received", 0),
    )


def _candidate(row, offer: Offer) -> Candidate:
    fit = _fit(row, offer.left)
    return Candidate(
        pk=row.id,
        name=row.name,
        business=row.business,
        user_id=row.user_id,
        phone=to_python(row.phone) if row.phone else "",
        free=row.free,
        jobs=row.jobs,
        weeks_idle=row.weeks_idle,
        can=fit.can,
        reasons=reasons(
            row,
            item=offer.line.item.name,
            unit=offer.line.item.base_unit.name,
            due_on=offer.due_on,
            remaining=offer.left,
        ),
    )


def reasons(row, *, item: str, unit: str, due_on: datetime.date, remaining: Decimal) -> list[str]:
    """Why this work and this member go together or not, in words: skill, room, work in hand, weeks of waiting."""
    words = [_skill_in_words(row, item, unit), _room_in_words(row, unit, due_on, remaining)]
    if row.jobs:
        words.append(ngettext("{count} job in hand", "{count} jobs in hand", row.jobs).format(count=row.jobs))
    elif row.weeks_idle:
        words.append(
            ngettext("no work for {count} week", "no work for {count} weeks", row.weeks_idle).format(
                count=row.weeks_idle
            )
        )
    else:
        words.append(_("no work in hand"))
    if getattr(row, "asks_until", None):  # the board asks about one member, who knows it
        words.append(_("asks for work until {day}").format(day=date_format(row.asks_until, "j F")))
    return words


def _skill_in_words(row, item: str, unit: str) -> str:
    """A skill is proven by a delivery that was accepted, and the last one is named, so that it can be looked up."""
    if row.times_made:
        return ngettext(
            "has made it once: {quantity} {item} for order {order}, accepted on {day}",
            "has made it {count} times, last {quantity} {item} for order {order}, accepted on {day}",
            row.times_made,
        ).format(
            count=row.times_made,
            quantity=f"{format_quantity(row.last_accepted)} {unit}",
            item=item,
            order=row.last_order,
            day=date_format(row.last_made_on, "j F Y"),
        )
    return _("has the skill for it") if row.has_skill else _("the skill for it is not recorded")


def _room_in_words(row, unit: str, due_on: datetime.date, remaining: Decimal) -> str:
    if row.free is None:
        return _("capacity is not recorded")
    words = {"free": f"{format_quantity(row.free)} {unit}", "day": date_format(due_on, "j M")}
    if row.free >= remaining:
        return _("room for all of it until {day}").format(**words)
    if row.free > 0:
        return _("room for {free} until {day}").format(**words)
    return _("no room until {day}").format(**words)


@dataclass(frozen=True)
class BoardOffer:
    """An open offer as one member sees it on the board."""

    pk: int
    item: str
    unit: str
    holder: str
    quantity: Decimal
    left: Decimal
    maker_price: int
    material_included: bool
    due_on: datetime.date
    closes_on: datetime.date
    can: bool
    reasons: Sequence[str]


@dataclass(frozen=True)
class Board:
    """One page of the board and how many offers there are in all."""

    offers: Sequence[BoardOffer]
    count: int


def board(member: Member | None, *, as_of: datetime.date, limit: int = 20, offset: int = 0) -> Board:
    """The open offers of others, best suited to `member` first, with the reasons. One query, however many there are.

    Without a member (an officer or supervisor who has no workshop) all of them, those due soonest first.
    """
    rows = sql.rows("orders/sql/board.sql", member=member.pk if member else 0, as_of=as_of, limit=limit, offset=offset)
    return Board([_offer(row) for row in rows], rows[0].offers if rows else 0)


def _offer(row) -> BoardOffer:
    return BoardOffer(
        pk=row.id,
        item=row.item,
        unit=row.unit,
        holder=row.holder,
        quantity=row.quantity,
        left=row.remaining,
        maker_price=row.maker_price,
        material_included=row.material_included,
        due_on=row.due_on,
        closes_on=row.closes_on,
        can=_fit(row, row.remaining).can,
        reasons=reasons(row, item=row.item, unit=row.unit, due_on=row.due_on, remaining=row.remaining),
    )
