"""When what is lent must be back, where that clashes, and who else holds the same material."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber, to_python

from core import sql
from core.models import User
from ledger.models import Receipt
from pricing.models import Item
from stock import needs, returning
from stock.models import StockLoan, StockReturn, StockRules
from stock.refusals import StockRefused
from stock.returning import NONE, Need

DAY = datetime.timedelta(days=1)
MANY = 100


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


@dataclass(frozen=True)
class Day:
    """When one loan must be back, worked out without loading what a page shows of it."""

    loan_id: int
    out: Decimal
    return_on: datetime.date
    need: Need | None
    missing: Decimal


def days(rows: QuerySet[StockLoan], *, as_of: datetime.date) -> list[Day]:
    """The day of return of running loans, the first in front. Five queries, however many loans there are."""
    fields = ("pk", "lender_id", "borrower_id", "item_id", "agreed", "due_on", "handed_on", "out")
    found = list(rows.values_list(*fields, named=True))
    if not found:
        return []
    terms = rules(as_of=as_of)
    items, lenders = {loan.item_id for loan in found}, {loan.lender_id for loan in found}
    members = lenders | {loan.borrower_id for loan in found}
    wanted = needs_of(as_of=as_of, items=items, members=members)
    held = held_by(items=items, members=members, as_of=as_of)
    ahead = dict(sql.rows("stock/sql/ahead.sql", lenders=list(lenders), items=list(items), as_of=as_of))
    result = []
    for loan in found:
        lender, borrower = (loan.lender_id, loan.item_id), (loan.borrower_id, loan.item_id)
        if loan.due_on:
            date = returning.ReturnDate(loan.due_on)
        else:
            date = returning.return_date(
                wanted.get(lender, ()),
                held=held[lender],
                ahead=ahead[loan.pk],
                lent_on=loan.handed_on,
                fallback_days=terms.fallback_days,
            )
        missing = NONE
        if loan.agreed == StockLoan.Settled.KIND:
            own = wanted.get(borrower, ())
            missing = returning.missing_on(own, held=held[borrower], owed=loan.out, on=date.on)
        result.append(Day(loan.pk, loan.out, date.on, date.need, missing))
    return sorted(result, key=lambda row: (row.return_on, row.loan_id))


def with_loans(found: Sequence[Day], *, as_of: datetime.date) -> list[Outlook]:
    """The same with the loans, in the same order. One query."""
    loans = StockLoan.objects.select_related("lender__user", "borrower__user", "item__base_unit")
    loans = loans.in_bulk([day.loan_id for day in found])
    return [Outlook(loans[day.loan_id], day.out, day.return_on, day.need, day.missing, as_of) for day in found]


def outlooks(rows: QuerySet[StockLoan], *, as_of: datetime.date) -> list[Outlook]:
    """The outlook of running loans, those to be back first in front. Six queries, however many loans there are."""
    return with_loans(days(rows, as_of=as_of), as_of=as_of)


def needs_of(*, as_of: datetime.date, items: Iterable[int], members: Iterable[int] | None = None) -> dict:
    """`{(member, item): [Need]}`: the days on which orders need material in the workshop, by the rules of the day."""
    lead = lead_time(as_of=as_of)
    found = defaultdict(list)
    for need in needs.ask(as_of=as_of, items=list(items), members=None if members is None else list(members)):
        found[need.member_id, need.item_id].append(Need(need.due_on - lead, need.quantity, need.label, need.url))
    return found


def held_by(*, as_of: datetime.date, items: Iterable[int], members: Iterable[int] | None = None) -> dict:
    """`{(member, item): quantity}`, nothing for who never had it."""
    only = None if members is None else list(members)
    rows = sql.rows("stock/sql/held.sql", items=list(items), members=only, as_of=as_of)
    return defaultdict(lambda: NONE, {(row.member_id, row.item_id): row.quantity for row in rows})


# -- who else holds it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A member who could lend, in the order of asking. The words are made when a page shows them: many may hold it."""

    pk: int
    name: str
    user_id: int | None
    spare: Decimal
    item: Item
    wanted: Decimal | None
    has_orders: bool
    lent: int
    written_phone: str

    @property
    def phone(self) -> PhoneNumber | str:
        return to_python(self.written_phone) if self.written_phone else ""

    @property
    def reasons(self) -> list[str]:
        words = []
        if self.wanted:
            words.append(_("can spare all of it") if self.spare >= self.wanted else _("can spare a part"))
        if self.item.kind == Item.Kind.MATERIAL:  # what of finished goods is promised to a buyer, they know themselves
            words.append(_("own orders are seen to") if self.has_orders else _("no order of their own needs it"))
        if self.lent:
            words.append(
                ngettext("has lent {count} time this year", "has lent {count} times this year", self.lent).format(
                    count=self.lent
                )
            )
        else:
            words.append(_("has not been asked this year"))
        return words


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
        own = needed.get((row.id, row.item_id), ())
        spare = returning.spare(own, held=row.held, at_most=row.at_most)
        if spare > 0 and row.id not in left_out:
            item = items[row.item_id]
            found[item].append(
                Holder(row.id, row.name, row.user_id, spare, item, wanted[item], bool(own), row.lent, row.phone)
            )
    return {item: sorted(some, key=_first_to_ask) for item, some in found.items()}


def _first_to_ask(holder: Holder):
    enough = holder.spare >= (holder.wanted or NONE)
    return (not enough, holder.lent, -holder.spare, holder.name, holder.pk)


def materials(*, as_of: datetime.date) -> list:
    """Everything that somebody holds: `id`, `name`, `kind`, `unit`, `holders`, in reading order. One query.

    Holders are counted up to `MANY`; a page says "or more" then.
    """
    return sql.rows("stock/sql/materials.sql", as_of=as_of, most=MANY)


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
