"""Joint purchases in the story, one in every state: shared out, arrived, ordered, called off; `material` opens one."""

import datetime
from decimal import Decimal

from kokkmas.seed.founding import Cooperative
from members.models import Member, Partner
from pricing.models import Item
from stock import services as stock
from stock.models import JointPurchase
from stock.queries import unpaid

DAY = datetime.timedelta(days=1)


def show(coop: Cooperative, *, until: datetime.date) -> None:
    """Money moves in the open month only, so what is posted is dated in it."""
    cow, sheep = (Item.objects.get(code=code) for code in ("KL-01", "KL-02"))
    posted = max(until - 3 * DAY, until.replace(day=1))
    _shared_out(coop, cow, posted=posted, until=until)
    _arrived(coop, sheep, posted=posted, until=until)
    ordered = _open(
        coop.makers[8:11], cow, (45, 30, 25), purpose="Kulit sapi untuk pameran Sekaten", on=until - 6 * DAY
    )
    _ask(ordered, cow, {"Gudang Kulit Lawu": 32_500, "Toko Sol Tamansari": 33_500}, on=until - 5 * DAY)
    stock.choose(ordered, supplier=Partner.objects.get(name="Gudang Kulit Lawu"), on=until - 2 * DAY, by=coop.chair)
    called_off = _open(coop.makers[11:13], sheep, (70, 40), purpose="Kulit domba untuk jaket", on=until - 30 * DAY)
    stock.cancel_purchase(
        called_off, reason="Pembeli jaket menunda pesanannya", on=until - 25 * DAY, by=called_off.opened_by
    )


def _shared_out(coop: Cooperative, leather: Item, *, posted: datetime.date, until: datetime.date) -> None:
    """Four workshops bought cowhide together. The bill was typed wrongly, reversed by the chair and written anew; one
    payment was booked for the wrong member; two have paid, one in part, one not yet.
    """
    makers = coop.makers[3:7]
    purchase = _open(
        makers, leather, (120, 80, 60, 40), purpose="Kulit sapi untuk pesanan akhir tahun", on=until - 16 * DAY
    )
    _ask(purchase, leather, {"Gudang Kulit Lawu": 31_500, "Toko Sol Tamansari": 33_000}, on=until - 15 * DAY)
    supplier = Partner.objects.get(name="Gudang Kulit Lawu")
    stock.choose(purchase, supplier=supplier, on=until - 14 * DAY, by=coop.chair)
    wrong = stock.receive(purchase, lines={leather: (Decimal(280), 9_850_000)}, on=posted, by=coop.treasurer)
    stock.reverse_step(wrong, reason="Salah ketik: nota Rp 8.950.000", on=posted, by=coop.chair)
    stock.receive(purchase, lines={leather: (Decimal(280), 8_950_000)}, on=posted, by=coop.treasurer)
    stock.share_out(purchase, on=posted, by=coop.treasurer)
    owed = unpaid(purchase)
    for member, part in zip(makers, (1, 1, 2), strict=False):
        stock.pay_share(
            purchase, member=member, amount=owed[member.pk] // part, channel="cash", on=until, by=coop.treasurer
        )
    mistaken = stock.pay_share(purchase, member=makers[3], amount=500_000, channel="cash", on=until, by=coop.treasurer)
    stock.reverse_share_payment(mistaken, reason=f"Uang dari {makers[2].name}", on=until, by=coop.chair)
    stock.pay_supplier(purchase, channel="cash", on=until, by=coop.treasurer)


def _arrived(coop: Cooperative, leather: Item, *, posted: datetime.date, until: datetime.date) -> None:
    """Sheepskin that lies at the cooperative and is not shared out yet, nor is the supplier paid."""
    purchase = _open(
        coop.makers[13:15], leather, (140, 70), purpose="Kulit domba untuk dompet lapis", on=until - 12 * DAY
    )
    _ask(purchase, leather, {"Toko Sol Tamansari": 6_800}, on=until - 11 * DAY)
    supplier = Partner.objects.get(name="Toko Sol Tamansari")
    stock.choose(purchase, supplier=supplier, on=until - 10 * DAY, by=coop.chair)
    stock.receive(purchase, lines={leather: (Decimal(200), 1_375_000)}, on=posted, by=coop.treasurer)


def _open(makers: list[Member], item: Item, quantities, *, purpose: str, on: datetime.date) -> JointPurchase:
    """Opened by the first of them; each wants so much."""
    purchase = stock.open_purchase(purpose=purpose, needed_on=on + 21 * DAY, on=on, by=makers[0].user)
    for member, quantity in zip(makers, quantities, strict=True):
        stock.join(purchase, member=member, item=item, quantity=Decimal(quantity), on=on, by=member.user)
    return purchase


def _ask(purchase: JointPurchase, item: Item, prices: dict[str, int], *, on: datetime.date) -> None:
    for name, price in prices.items():
        supplier = Partner.objects.get(name=name)
        stock.quote(purchase, supplier=supplier, item=item, price=price, on=on, by=purchase.opened_by)
