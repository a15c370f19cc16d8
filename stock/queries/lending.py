"""When what is lent must be back, where that clashes, and who else holds the same material."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber, to_python

from core import sql
from core.models import User
from core.money import format_quantity
from ledger.models import Receipt
from pricing.models import Item
from stock import needs, returning
from stock.models import StockLoan, StockMovement, StockReturn, StockRules
from stock.refusals import StockRefused
from stock.returning import NONE, Need

DAY = datetime.timedelta(days=1)


def rules(*, as_of: datetime.date) -> StockRules:
    """The rules of lending on a day. Raises StockRefused before the first."""
    try:
        return StockRules.objects.in_force(as_of)
    except StockRules.DoesNotExist as error:
        raise StockRefused(
            _("No rules of lending are in force yet. The members decide them, and the chair puts them in force.")
        ) from error


def lead_time(*, as_of: datetime.date) -> datetime.timedelta:
    """How long before an order is due its material must be there; nothing while no rules say so."""
    found = StockRules.objects.filter(in_force_from__lte=as_of).order_by("in_force_from").last()
    return (found.days_before_due if found else 0) * DAY


def loans(rows: QuerySet[StockLoan]) -> QuerySet[StockLoan]:
    """Loans with their counts and everything their cards show."""
    return rows.counted().select_related("lender__user", "borrower__user", "item__base_unit")


def returns(loan: StockLoan) -> list[StockReturn]:
    """What came back of a loan, oldest first, each with the `receipt` of what was paid at the treasurer's."""
    found = list(loan.returns.order_by("pk"))
    paid = [back.entry_id for back in found if back.entry_id]
    receipts = {one.entry_id: one for one in Receipt.objects.filter(entry__in=paid).select_related("member")}
    for back in found:
        back.receipt = receipts.get(back.entry_id)
    return found


# -- the day of return -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outlook:
    """A running loan as it stands on a day: when it must be back, why, and what the borrower will lack then."""

    loan: StockLoan
    out: Decimal
    return_on: datetime.date
    need: Need | None
    missing: Decimal
    as_of: datetime.date

    @property
    def is_late(self) -> bool:
        return self.return_on < self.as_of

    @property
    def why(self) -> str:
        """The reason for the day, in words."""
        if self.need:
            return _("order {order} of {lender} needs it").format(order=self.need.label, lender=self.loan.lender.name)
        if self.loan.due_on:
            return _("so agreed")
        return _("no order of {lender} needs it before").format(lender=self.loan.lender.name)


def outlooks(rows: QuerySet[StockLoan], *, as_of: datetime.date) -> list[Outlook]:
    """The outlook of running loans, those to be back first in front. Five queries, however many loans there are."""
    found = list(rows.select_related("lender__user", "borrower__user", "item__base_unit"))
    if not found:
        return []
    terms = rules(as_of=as_of)
    items = {loan.item_id for loan in found}
    members = {loan.lender_id for loan in found} | {loan.borrower_id for loan in found}
    wanted = needs_of(as_of=as_of, items=items, members=members)
    held = held_by(items=items, members=members, as_of=as_of)
    ahead = _ahead(found, as_of=as_of)
    result = []
    for loan in found:
        lender, borrower = (loan.lender_id, loan.item_id), (loan.borrower_id, loan.item_id)
        if loan.due_on:
            date = returning.ReturnDate(loan.due_on)
        else:
            date = returning.return_date(
                wanted[lender],
                held=held[lender],
                ahead=ahead[loan.pk],
                lent_on=loan.handed_on,
                fallback_days=terms.fallback_days,
            )
        missing = NONE
        if loan.agreed == StockLoan.Settled.KIND:
            missing = returning.missing_on(wanted[borrower], held=held[borrower], owed=loan.out, on=date.on)
        result.append(Outlook(loan, loan.out, date.on, date.need, missing, as_of))
    return sorted(result, key=lambda row: (row.return_on, row.loan.pk))


def needs_of(*, as_of: datetime.date, items: Iterable[int], members: Iterable[int] | None = None) -> dict:
    """`{(member, item): [Need]}`: the days on which orders need material in the workshop, by the rules of the day."""
    lead = lead_time(as_of=as_of)
    found = defaultdict(list)
    for need in needs.ask(as_of=as_of, items=list(items), members=None if members is None else list(members)):
        found[need.member_id, need.item_id].append(Need(need.due_on - lead, need.quantity, need.label, need.url))
    return found


def held_by(*, as_of: datetime.date, items: Iterable[int], members: Iterable[int] | None = None) -> dict:
    """`{(member, item): quantity}`, nothing for who never had it."""
    rows = StockMovement.objects.filter(item__in=list(items), on__lte=as_of)
    if members is not None:
        rows = rows.filter(member__in=list(members))
    sums = rows.order_by().values("member", "item").annotate(total=Sum("quantity"))
    return defaultdict(lambda: NONE, {(row["member"], row["item"]): row["total"] for row in sums})


def _ahead(found: Sequence[StockLoan], *, as_of: datetime.date) -> dict[int, Decimal]:
    """For each loan what is out on loans of the same lender and item that were lent before it and come back first."""
    rows = StockLoan.objects.running(as_of=as_of).filter(
        lender__in={loan.lender_id for loan in found}, item__in={loan.item_id for loan in found}
    )
    totals, ahead = defaultdict(lambda: NONE), {loan.pk: NONE for loan in found}
    for loan in rows.order_by("handed_on", "pk"):
        ahead[loan.pk] = totals[loan.lender_id, loan.item_id]
        totals[loan.lender_id, loan.item_id] += loan.out
    return ahead


# -- who else holds it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A member who could lend, in the order of asking, with the reasons in words."""

    pk: int
    name: str
    user_id: int | None
    phone: PhoneNumber | str
    spare: Decimal
    reasons: Sequence[str]


def holders(
    item: Item, *, as_of: datetime.date, wanted: Decimal | None = None, without: Iterable[int] = ()
) -> list[Holder]:
    """Who holds a material and can spare some, best first: enough for `wanted`, seldom asked, much to spare."""
    return holders_of({item: wanted}, as_of=as_of, without=without)[item]


def holders_of(
    wanted: dict[Item, Decimal | None], *, as_of: datetime.date, without: Iterable[int] = ()
) -> dict[Item, list[Holder]]:
    """The same for several materials, `{item: how much is wanted}`.

    Seen by every member: neighbours lend openly. What somebody holds for his own orders, owes, or does not lend, is
    not counted and not shown. Three queries, however many members and materials there are.
    """
    items, left_out = {item.pk: item for item in wanted}, set(without)
    rows = sql.rows("stock/sql/holders.sql", items=list(items), as_of=as_of)
    needed = needs_of(as_of=as_of, items=list(items))
    found = {item: [] for item in wanted}
    for row in rows:
        own = needed[row.id, row.item_id]
        spare = returning.spare(own, held=row.held, at_most=row.at_most)
        if spare > 0 and row.id not in left_out:
            found[items[row.item_id]].append((row, spare, bool(own)))
    return {item: _ranked(rows, item=item, wanted=wanted[item]) for item, rows in found.items()}


def _ranked(found: list[tuple], *, item: Item, wanted: Decimal | None) -> list[Holder]:
    enough = wanted or NONE
    found.sort(key=lambda one: (one[1] < enough, one[0].lent, -one[1], one[0].name, one[0].id))
    return [
        Holder(
            pk=row.id,
            name=row.name,
            user_id=row.user_id,
            phone=to_python(row.phone) if row.phone else "",
            spare=spare,
            reasons=_reasons(row, spare, has_orders, item=item, wanted=wanted),
        )
        for row, spare, has_orders in found
    ]


def _reasons(row, spare: Decimal, has_orders: bool, *, item: Item, wanted: Decimal | None) -> list[str]:
    unit = item.base_unit
    words = [_("can spare {quantity}").format(quantity=f"{format_quantity(spare)} {unit}")]
    if wanted and spare >= wanted:
        words[0] = _("can spare all of it, {quantity}").format(quantity=f"{format_quantity(spare)} {unit}")
    if has_orders:
        words.append(_("own orders are seen to"))
    else:
        words.append(_("no order of their own needs it"))
    if row.lent:
        words.append(
            ngettext("has lent {count} time this year", "has lent {count} times this year", row.lent).format(
                count=row.lent
            )
        )
    else:
        words.append(_("has not been asked this year"))
    return words


def materials(*, as_of: datetime.date) -> list:
    """Every material that somebody holds: `id`, `name`, `unit`, `holders`, in reading order. One query."""
    return sql.rows("stock/sql/materials.sql", as_of=as_of)


# -- what waits for whom -----------------------------------------------------------------------------------------------


def to_confirm(user: User) -> QuerySet[StockLoan]:
    """What the other side wrote down and this person has to confirm."""
    sides = Q(lender__user=user) | Q(borrower__user=user)
    rows = StockLoan.objects.filter(sides, confirmed_on=None, declined_on=None)
    return loans(rows.exclude(recorded_for__user=user).select_related("recorded_for")).order_by("handed_on", "pk")


def returns_to_confirm(user: User) -> QuerySet[StockReturn]:
    """What the other side says came back, and this person has to look at."""
    sides = Q(loan__lender__user=user) | Q(loan__borrower__user=user)
    rows = StockReturn.objects.filter(sides, confirmed_on=None, declined_on=None).exclude(way="savings")
    return (
        rows.exclude(recorded_for__user=user)
        .select_related("recorded_for", "loan__lender", "loan__borrower", "loan__item__base_unit")
        .order_by("on", "pk")
    )


def payments_to_receive() -> QuerySet[StockReturn]:
    """Money for material or goods that members want to pay at the treasurer's."""
    rows = StockReturn.objects.filter(confirmed_on=None, declined_on=None, way="savings")
    return rows.select_related("loan__lender", "loan__borrower", "loan__item__base_unit").order_by("on", "pk")


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """What this person's yes is needed for: who asks, for what, and where to say it."""
    return [
        (loan.recorded_for.name, _("wrote down lent material"), reverse("stock:confirm", args=[loan.pk]))
        for loan in to_confirm(user)
    ] + [
        (back.recorded_for.name, _("wrote down that it came back"), reverse("stock:confirm-return", args=[back.pk]))
        for back in returns_to_confirm(user)
    ]
