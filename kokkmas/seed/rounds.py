"""Work that is shared at closing: one round closed and explained, one still open, one part mended, one in dispute."""

import datetime
from decimal import Decimal

from kokkmas.seed.founding import Cooperative
from orders import services as orders
from orders.models import Claim
from orders.services import Wanted
from pricing.models import Unit

DAY = datetime.timedelta(days=1)


def share_out(coop: Cooperative, *, on: datetime.date) -> None:
    kodi = Unit.objects.get(code="kodi")
    sandals = coop.items["sandals"][0]
    holder, *others = [coop.makers[number] for number in (2, 3, 9, 13, 15, 23)]
    order = orders.take_order(
        holder,
        partner=coop.buyers[0][0],
        lines=[Wanted(sandals, kodi, Decimal(60))],
        due_on=on + 25 * DAY,
        note="Dua warna, kirim bertahap.",
        on=on - 9 * DAY,
        by=holder.user,
    )
    line = order.lines.get()
    terms = {
        "maker_price": line.price * 85 // 100 // 100 * 100,
        "material_included": True,
        "is_shared": True,
        "at_a_loss": True,
        "rejects": "rework",
        "quality": "Jahitan rapat, lem bersih, ukuran sesuai contoh.",
        "due_on": on + 20 * DAY,
        "by": holder.user,
    }
    closed = orders.post_offer(
        line, quantity=Decimal(300), closes_on=on - 6 * DAY, step=Decimal(20), on=on - 9 * DAY, **terms
    )
    for member, wish in zip(others, (60, 80, 120, 160, 100), strict=True):
        orders.ask(closed, member=member, quantity=Decimal(wish), insist=True, on=on - 8 * DAY, by=member.user)
    orders.close_round(closed, on=on - 5 * DAY, by=None)
    claims = list(Claim.objects.filter(offer=closed).select_related("member__user").order_by("pk")[:2])
    for claim in claims:
        sent = orders.deliver(claim, delivered=Decimal(20), on=on - 2 * DAY, by=claim.member.user)
        orders.confirm(
            sent, accepted=Decimal(15), rejection_reason="Lima pasang jahitannya lepas", on=on - DAY, by=holder.user
        )
    if len(claims) > 1:
        orders.dispute(
            claims[1],
            text="Lima pasang dikembalikan, padahal jahitannya sesuai contoh. Mohon dilihat bersama.",
            on=on,
            by=claims[1].member.user,
        )
    still_open = orders.post_offer(line, quantity=Decimal(200), closes_on=on + 3 * DAY, on=on - DAY, **terms)
    for member, wish in zip(others[:3], (40, 60, 100), strict=True):
        orders.ask(still_open, member=member, quantity=Decimal(wish), insist=True, on=on, by=member.user)
