"""What a buyer gets and pays: an order the cooperative sells, with photo, deposit and an invoice that is half paid."""

import datetime
import io
from decimal import Decimal

from PIL import Image, ImageDraw

from core.uploads import Upload
from governance import services as governance
from kokkmas.seed.founding import Cooperative, decide
from orders import services as orders
from orders.services import Wanted
from sales import services as sales
from sales.models import SellingRules

DAY = datetime.timedelta(days=1)
BAGS = 1  # the maker of the story who knows who does which step


def agree(coop: Cooperative) -> None:
    """Which markets the members aim at, and what the cooperative keeps where it sells in its own name."""
    on = coop.started_on
    words = (
        "Separuh barang untuk DIY, empat puluh persen untuk daerah lain, sepuluh persen untuk luar negeri. Bila satu "
        "pembeli mengambil empat puluh persen atau lebih, pengurus mencari pembeli lain. Dari pesanan atas nama "
        "koperasi, lima persen tinggal di koperasi."
    )
    governance.put_in_force(
        SellingRules,
        in_force_from=on,
        decided_in=decide(coop, "Aturan penjualan", words, on=on),
        on=on,
        by=coop.chair,
        kept_bp=500,
    )


def show_selling(coop: Cooperative, *, on: datetime.date) -> None:
    maker = coop.makers[BAGS]
    _hands_and_closed_days(coop, maker, on=on)
    bag = coop.items["bags"][0]
    order = orders.take_order(
        maker,
        partner=coop.buyers[0][0],
        lines=[Wanted(bag, bag.base_unit, Decimal(24))],
        due_on=on + 28 * DAY,
        note="Untuk pameran akhir tahun.",
        on=on - 20 * DAY,
        by=maker.user,
    )
    sales.set_terms(order, seller="cooperative", deposit_asked=2_000_000, terms_days=14, by=maker.user)
    line = order.lines.get()
    words = "Kulit sapi nabati cokelat tua, tali selempang 110 cm, gesper kuningan, label KOKKMAS di dalam."
    orders.specify(line, specification=words, photo=_drawing(), by=maker.user)
    sales.receive_deposit(order, amount=2_000_000, method="bank", on=on - 19 * DAY, by=coop.treasurer)
    orders.tell_progress(line, made=Decimal(14), on=on - 3 * DAY, by=maker.user)
    sales.ship(order, quantities={line: Decimal(12)}, note="Satu dus.", on=on - 3 * DAY, by=maker.user)
    invoice = sales.issue_invoice(order, on=on - 3 * DAY, by=coop.treasurer)
    part = (invoice.amount - invoice.deposit_used) // 2 // 1_000 * 1_000
    if part:
        sales.receive_payment(invoice, amount=part, method="cash", on=on - DAY, by=coop.treasurer)
    _one_comes_back(coop, order, invoice, on=on)


def _one_comes_back(coop: Cooperative, order, invoice, *, on: datetime.date) -> None:
    """One bag is credited, and the maker has a part of the proceeds in the savings; the rest waits at the counter."""
    reason = "Gesper patah, tidak mau diganti."
    quantities = {order.lines.get(): Decimal(1)}
    sales.take_back(order, quantities=quantities, invoice=invoice, reason=reason, on=on - DAY, by=coop.treasurer)
    part = invoice.member_part // 2 // 1_000 * 1_000
    sales.pay_proceeds(invoice, amount=part, method="savings", on=on - DAY, by=coop.treasurer)


def _hands_and_closed_days(coop: Cooperative, maker, *, on: datetime.date) -> None:
    orders.set_capacity(
        maker.business,
        from_on=on - 30 * DAY,
        per_week=18,
        hands={"cutting": Decimal("0.5"), "sewing": Decimal("1.5"), "finishing": Decimal(1)},
        by=maker.user,
    )
    orders.close_workshop(
        maker.business, from_on=on + 9 * DAY, until_on=on + 11 * DAY, reason="Hajatan mantu", by=maker.user
    )
    first = datetime.date(on.year, 12, 31)
    orders.close_workshop(None, from_on=first, until_on=first + 2 * DAY, reason="Libur tahun baru", by=coop.chair)


def _drawing() -> Upload:
    """A bag in our own few lines, the same bytes every time."""
    image = Image.new("RGB", (640, 480), "#FBF7F0")
    draw = ImageDraw.Draw(image)
    draw.arc((200, 60, 440, 320), 180, 360, fill="#5A3416", width=12)
    draw.rounded_rectangle((140, 190, 500, 420), radius=28, fill="#7A4A21", outline="#5A3416", width=6)
    draw.polygon([(140, 215), (500, 215), (470, 310), (170, 310)], fill="#8F5A2C", outline="#5A3416")
    draw.rectangle((300, 285, 340, 330), fill="#C9A24B", outline="#5A3416", width=3)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return Upload("contoh-tas.jpg", "image/jpeg", file.getvalue())
