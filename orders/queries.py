"""Questions about orders and surplus work, each as at a day."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber, to_python

from core import sql
from core.models import User
from core.money import format_quantity
from members.models import Business, Member
from orders import allocation, workload
from orders.models import Claim, Delivery, Order, OrderLine, Settlement, Surplus

NONE = Decimal(0)


# -- quantities ------------------------------------------------------------------------------------------------------


def left(surplus: Surplus) -> Decimal:
    """How much of the offer still looks for hands; read it under the lock of the offer."""
    return Surplus.objects.counted().values_list("left", flat=True).get(pk=surplus.pk)


def to_send(claim: Claim) -> Decimal:
    """What the maker has taken, not given back and not yet sent."""
    return Claim.objects.counted().values_list("to_send", flat=True).get(pk=claim.pk)


def not_offered(line: OrderLine, *, as_of: datetime.date) -> Decimal:
    """What of a line is neither with other hands nor on the board: the most that can be offered."""
    remaining = line.base_quantity
    for surplus in line.surpluses.counted():
        is_open = surplus.withdrawn_on is None and surplus.closes_on >= as_of
        remaining -= surplus.quantity if is_open else surplus.taken - surplus.rejected
    return remaining


# -- who fits, and why -----------------------------------------------------------------------------------------------


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


def proposals(surplus: Surplus, *, as_of: datetime.date) -> list[Candidate]:
    """Who could take this work, best first: able, few orders, long without work. Two queries, however many members."""
    counted = Surplus.objects.counted().select_related("line__item__base_unit", "line__item__skill").get(pk=surplus.pk)
    return allocation.best(
        (_fit(row, counted.left), _candidate(row, counted))
        for row in sql.rows("orders/sql/proposals.sql", surplus=surplus.pk, member=None, as_of=as_of)
    )


def warnings(member: Member, *, surplus: Surplus, quantity: Decimal, as_of: datetime.date) -> list[str]:
    """What speaks against this member taking `quantity`: skill, capacity. They may take it all the same."""
    rows = sql.rows("orders/sql/proposals.sql", surplus=surplus.pk, member=member.pk, as_of=as_of)
    if not rows:
        return [_("No workshop is written down for you yet.")]
    [row] = rows
    item, found = surplus.line.item, []
    if not row.has_skill and not row.times_made:
        found.append(_("The skill “{skill}” is not written down for you.").format(skill=item.skill))
    if row.free is not None and row.free < quantity:
        found.append(
            _("Beside your other work there is room for {free} until {day}.").format(
                free=f"{format_quantity(row.free)} {item.base_unit}", day=date_format(surplus.due_on, "j F Y")
            )
        )
    return found


def _fit(row, remaining: Decimal) -> allocation.Fit:
    skill = allocation.PROVEN if row.times_made else allocation.NAMED if row.has_skill else allocation.UNKNOWN
    return allocation.Fit(skill=skill, free=row.free, jobs=row.jobs, weeks_idle=row.weeks_idle, left=remaining)


def _candidate(row, surplus: Surplus) -> Candidate:
    fit = _fit(row, surplus.left)
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
        reasons=reasons(row, unit=surplus.line.item.base_unit.name, due_on=surplus.due_on, remaining=surplus.left),
    )


def reasons(row, *, unit: str, due_on: datetime.date, remaining: Decimal) -> list[str]:
    """Why this work and this member go together or not, in words: skill, room, work in hand, weeks of waiting."""
    words = [_skill_in_words(row), _room_in_words(row, unit, due_on, remaining)]
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
    return words


def _skill_in_words(row) -> str:
    if row.times_made:
        return _("has made it {count} times, last on {day}").format(
            count=row.times_made, day=date_format(row.last_made_on, "j F Y")
        )
    return _("has the skill for it") if row.has_skill else _("the skill for it is not written down")


def _room_in_words(row, unit: str, due_on: datetime.date, remaining: Decimal) -> str:
    if row.free is None:
        return _("capacity is not written down")
    words = {"free": f"{format_quantity(row.free)} {unit}", "day": date_format(due_on, "j M")}
    if row.free >= remaining:
        return _("room for all of it until {day}").format(**words)
    if row.free > 0:
        return _("room for {free} until {day}").format(**words)
    return _("no room until {day}").format(**words)


# -- the board -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
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

    offers: Sequence[Offer]
    count: int


def board(member: Member | None, *, as_of: datetime.date, limit: int = 20, offset: int = 0) -> Board:
    """The open offers of others, best suited to `member` first, with the reasons. One query, however many there are.

    Without a member (an officer or supervisor who has no workshop) all of them, those due soonest first.
    """
    rows = sql.rows("orders/sql/board.sql", member=member.pk if member else 0, as_of=as_of, limit=limit, offset=offset)
    return Board([_offer(row) for row in rows], rows[0].offers if rows else 0)


def _offer(row) -> Offer:
    return Offer(
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
        reasons=reasons(row, unit=row.unit, due_on=row.due_on, remaining=row.remaining),
    )


# -- what a workshop can carry ---------------------------------------------------------------------------------------


def spans(business: Business | None) -> list[workload.Span]:
    if business is None:
        return []
    return [workload.Span(*row) for row in business.capacities.order_by("from_on").values_list("from_on", "per_week")]


def jobs(member: Member, *, as_of: datetime.date) -> list:
    """What the workshop has promised: `order_id`, `claim_id` (None for an own order), `due_on`, `quantity`."""
    return sql.rows("orders/sql/jobs.sql", member=member.pk, as_of=as_of)


def calendar(member: Member, *, as_of: datetime.date, weeks: int = 8) -> list[workload.Week]:
    """The coming weeks of a member's workshop. Three queries, however much work there is."""
    business = Business.objects.filter(member=member).first()
    promised = [workload.Job(row.due_on, row.quantity) for row in jobs(member, as_of=as_of)]
    return workload.calendar(spans(business), promised, as_of=as_of, weeks=weeks)


@dataclass(frozen=True)
class Answer:
    """What capacity says about an order: how much is still to make here, how much of it fits, when it will be ready."""

    to_make: Decimal
    fits: Decimal
    ready_on: datetime.date | None
    is_known: bool

    @property
    def too_much(self) -> Decimal:
        return self.to_make - self.fits


def capacity_answer(order: Order, *, as_of: datetime.date) -> Answer:
    """Whether the workshop can make its own part of the order in time, beside all it has promised already."""
    business = Business.objects.filter(member=order.member_id).first()
    has, promised = spans(business), jobs(order.member, as_of=as_of)
    own = [row for row in promised if row.order_id == order.pk and row.claim_id is None]
    others = [workload.Job(row.due_on, row.quantity) for row in promised if row not in own]
    to_make = sum((row.quantity for row in own), NONE)
    if not has:
        return Answer(to_make, to_make, None, False)
    room = workload.free_until(has, others, due_on=max(order.due_on, as_of), as_of=as_of)
    before = sum((job.quantity for job in others if job.due_on <= order.due_on), NONE)
    ready = workload.ready_on(has, before + to_make, as_of=as_of)
    return Answer(to_make, min(room, to_make), ready, True)


# -- lists -----------------------------------------------------------------------------------------------------------


def orders(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with `amount` in rupiah, `below_list` (lines under the agreed price) and `handed` (taken by others)."""
    money = ExpressionWrapper(
        F("base_quantity") * F("price"), output_field=DecimalField(max_digits=24, decimal_places=3)
    )
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    claims = Claim.objects.filter(surplus__line__order=OuterRef("pk")).order_by().values("surplus__line__order")
    below = Count("pk", filter=Q(price__lt=F("list_price")))
    return rows.select_related("partner", "member").annotate(
        amount=Coalesce(Subquery(lines.annotate(total=Sum(money)).values("total")), NONE),
        below_list=Coalesce(Subquery(lines.annotate(total=below).values("total")), 0),
        handed=Coalesce(Subquery(claims.annotate(total=Sum(F("quantity") - F("withdrawn"))).values("total")), NONE),
    )


def lines(order: Order) -> QuerySet[OrderLine]:
    return order.lines.select_related("item__base_unit", "unit", "price_list").order_by("pk")


def surpluses(order: Order) -> QuerySet[Surplus]:
    """What was offered of an order, with its counts, newest first."""
    return Surplus.objects.counted().filter(line__order=order).select_related("line__item__base_unit").order_by("-pk")


def offers(rows: QuerySet[Surplus]) -> QuerySet[Surplus]:
    """Offers with their counts and everything their page shows."""
    return rows.counted().select_related("line__item__base_unit", "line__item__skill", "line__order__member")


def handovers(rows: QuerySet[Claim], *, gone: bool = False) -> QuerySet[Claim]:
    """Claims with their counts and everything their cards show, newest first; `gone` those given back whole, too."""
    rows = rows if gone else rows.exclude(withdrawn=F("quantity"))
    return (
        rows.counted()
        .select_related("member", "surplus__line__item__base_unit", "surplus__line__order__member")
        .prefetch_related("deliveries__settlements")
        .order_by("-claimed_on", "-pk")
    )


def open_handovers(user: User) -> list[Claim]:
    """The handovers of a person, as maker or as holder of the order, in which somebody still has to act."""
    mine = Q(member__user=user) | Q(surplus__line__order__member__user=user)
    unpaid = (
        Delivery.objects.filter(claim=OuterRef("pk"))
        .exclude(accepted=0)
        .exclude(pk__in=Settlement.objects.filter(reversed_on=None, paid_on__isnull=False).values("delivery"))
    )
    rows = Claim.objects.filter(mine).annotate(unpaid=Exists(unpaid))
    return list(handovers(rows).filter(Q(to_send__gt=0) | Q(unpaid=True)))


def jobs_in_words(member: Member, *, as_of: datetime.date) -> list[tuple]:
    """What the workshop has promised, for its page: the order, the claim where it is a neighbour's, due, quantity."""
    rows = jobs(member, as_of=as_of)
    numbers = Order.objects.in_bulk([row.order_id for row in rows])
    return [(numbers[row.order_id], row.claim_id, row.due_on, row.quantity) for row in rows]


def to_confirm(user: User) -> QuerySet[Delivery]:
    """What was sent to this person and waits to be counted."""
    return _with_claim(
        Delivery.objects.filter(confirmed_on=None, claim__surplus__line__order__member__user=user)
    ).order_by("delivered_on", "pk")


def to_settle(rows: QuerySet[Delivery] | None = None) -> QuerySet[Delivery]:
    """Confirmed deliveries with something accepted that nobody has paid for yet."""
    rows = Delivery.objects.all() if rows is None else rows
    unsettled = ~Q(pk__in=Settlement.objects.filter(reversed_on=None).values("delivery"))
    return _with_claim(rows.filter(unsettled, accepted__gt=0)).order_by("confirmed_on", "pk")


def to_pay_out() -> QuerySet[Settlement]:
    """Money at the cooperative that its maker has not fetched."""
    rows = Settlement.objects.filter(reversed_on=None, paid_on=None, method=Settlement.Method.CASH)
    return rows.select_related("delivery__claim__member", "delivery__claim__surplus__line__order__member").order_by(
        "settled_on", "pk"
    )


def _with_claim(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related(
        "claim__member", "claim__surplus__line__order__member", "claim__surplus__line__item__base_unit"
    )
