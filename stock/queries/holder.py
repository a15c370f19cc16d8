"""Who holds which material and goods, what their own orders need of it, and what they can spare."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber, to_python

from core import sql
from pricing.models import Item
from stock import needs
from stock.arithmetic.loan import DAY, NONE, Need
from stock.arithmetic.loan import spare as can_spare
from stock.models import StockRules

MANY = 100
"""Holders of an item are counted up to this."""


def lead_time(*, as_of: datetime.date) -> datetime.timedelta:
    """How long before an order is due its material must be there; nothing while no rules say so."""
    found = StockRules.objects.current(as_of)
    return (found.days_before_due if found else 0) * DAY


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
            words.append(_("own orders are covered") if self.has_orders else _("no order of their own needs it"))
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
        spare = can_spare(own, held=row.held, at_most=row.at_most)
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
