"""Leather in the story: what an item takes, who holds how much, what neighbours lend, what they buy together."""

import datetime
from decimal import Decimal

from governance import services as governance
from kokkmas.seed import buying
from kokkmas.seed.founding import Cooperative, decide
from members.models import Member
from orders import queries
from orders import services as orders
from orders.models import Order
from pricing import services as pricing
from pricing.models import Item, Unit
from stock import services as stock
from stock.models import StockRules

DAY = datetime.timedelta(days=1)

BILLS = {
    # item: material, how much for one, waste in hundredths of a percent
    "SD-01": [("KL-01", "1.2", 1_000)],
    "SD-02": [("KL-01", "1.3", 1_000)],
    "SD-03": [("KL-01", "0.8", 1_200)],
    "TS-01": [("KL-01", "6", 800)],
    "TS-02": [("KL-01", "8", 800)],
    "SB-01": [("KL-01", "0.9", 500)],
    "SB-02": [("KL-01", "1", 500)],
    "SP-01": [("KL-01", "2.6", 1_200)],
    "DP-01": [("KL-01", "1.4", 700)],
    "JK-01": [("KL-02", "70", 900)],
}
SHEETS = [40, 6, 14, 3, 9, 2, 12, 5, 20, 4, 8, 3]
"""Sheets of cowhide that the first workshops bought a month and a half before the last day."""


def agree(coop: Cooperative) -> None:
    """The rules of lending, and what goes into every item."""
    on = coop.started_on
    governance.put_in_force(
        StockRules,
        in_force_from=on,
        decided_in=decide(
            coop,
            "Aturan pinjam bahan",
            "Bahan yang dipinjam kembali sebelum pesanan pemiliknya memerlukannya: tujuh hari sebelum jatuh tempo. "
            "Bila tidak ada pesanan, paling lama tiga puluh hari.",
            on=on,
        ),
        on=on,
        by=coop.chair,
        days_before_due=7,
        fallback_days=30,
    )
    items = {item.code: item for item in Item.objects.all()}
    for code, lines in BILLS.items():
        for material, quantity, waste_bp in lines:
            stock.write_bill(
                items[code],
                material=items[material],
                quantity=Decimal(quantity),
                waste_bp=waste_bp,
                by=coop.secretary,
            )
    pricing.set_conversion(
        items["KL-01"], unit=Unit.objects.get(code="sheet"), in_base=Decimal("22.5"), by=coop.secretary
    )


def live(coop: Cooperative, *, until: datetime.date) -> None:
    """The last six weeks: bought, used, lent; one loan paid, one waiting, goods taken, a purchase shared out."""
    leather, sandal = Item.objects.get(code="KL-01"), Item.objects.get(code="SD-01")
    sheet = Unit.objects.get(code="sheet")
    makers = coop.makers
    for member, sheets in zip(makers, SHEETS, strict=False):
        _write(member, leather, "bought", sheets, unit=sheet, on=until - 45 * DAY)
    for member in makers[1:5]:
        _write(member, leather, "used", 20, on=until - 20 * DAY)
    if len(makers) < 8:
        return
    borrower = makers[-1]
    _lend(makers[0], borrower, leather, 40, on=until - 9 * DAY)
    _write(borrower, leather, "used", 30, on=until - 5 * DAY)  # what is to go back is cut already: a clash
    late = _lend(makers[6], makers[3], leather, 30, on=until - 38 * DAY)
    part = stock.give_back(late, quantity=Decimal(12), way="goods", on=until - 3 * DAY, by=makers[3].user)
    stock.confirm_return(part, on=until - 2 * DAY, by=makers[6].user)
    stock.give_back(late, quantity=Decimal(8), way="goods", on=until, by=makers[3].user)
    paid = _lend(makers[2], makers[7], leather, 25, on=until - 24 * DAY)
    back = stock.give_back(paid, quantity=Decimal(25), way="savings", on=until, by=makers[7].user)
    stock.confirm_return(back, on=until, by=coop.treasurer)
    stock.lend(
        makers[4],
        makers[1],
        item=leather,
        quantity=Decimal(15),
        note="Untuk contoh pembeli",
        handed_on=until,
        on=until,
        by=makers[4].user,
    )
    _write(makers[1], sandal, "made", 40, on=until - 12 * DAY)
    taken = stock.lend(
        makers[1],
        makers[2],
        item=sandal,
        quantity=Decimal(20),
        agreed="money",
        due_on=until + 10 * DAY,
        handed_on=until - 4 * DAY,
        on=until - 4 * DAY,
        by=makers[1].user,
    )
    stock.confirm(taken, on=until - 4 * DAY, by=makers[2].user)
    if len(makers) >= 15:
        buying.show(coop, until=until)


def _write(member: Member, item: Item, kind: str, quantity: int, *, on: datetime.date, unit: Unit | None = None):
    stock.record(member, item=item, kind=kind, quantity=Decimal(quantity), unit=unit, on=on, by=member.user)


def _lend(lender: Member, borrower: Member, item: Item, quantity: int, *, on: datetime.date):
    loan = stock.lend(lender, borrower, item=item, quantity=Decimal(quantity), handed_on=on, on=on, by=lender.user)
    return stock.confirm(loan, on=on, by=borrower.user)


def buy_for_the_big_order(coop: Cooperative, *, on: datetime.date) -> None:
    """Whose open order lacks leather that no neighbour can lend opens a purchase for it: the newest such order."""
    for order in Order.objects.open().exclude(member=None).order_by("-pk"):
        if any(row.to_buy for row in queries.package(order, as_of=on).material):
            orders.buy_together(order, on=on, by=order.member.user)
            break
    stock.tell_moved_dates(on=on)
