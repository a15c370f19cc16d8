"""What lies on the table on the last day of the story, so that every role finds something to do."""

import datetime
from decimal import Decimal

from kokkmas.seed import banking, lending, material, rounds, saving, selling, trouble
from kokkmas.seed.founding import Cooperative
from kokkmas.seed.speed import refusal_possible
from loans import services as loans
from loans.models import LoanProduct
from loans.services import LoanRefused
from members import services as members
from orders import queries as order_queries
from orders import services as orders
from orders.services import Wanted
from pricing.models import Unit
from savings import queries as savings_queries
from savings import services as savings

DAY = datetime.timedelta(days=1)


def leave_open(coop: Cooperative, *, on: datetime.date) -> None:
    applicants(coop, on=on)
    applications(coop, on=on)
    withdrawals(coop, on=on)
    lending.show_lending(coop, on=on)
    trouble.show_trouble(coop, on=on)
    selling.show_selling(coop, on=on)
    saving.show(coop, on=on)
    banking.leave_open(coop, on=on)
    if len(coop.makers) > 20:
        big_order(coop, on=on)
    if len(coop.makers) > 23:
        rounds.share_out(coop, on=on)
        material.buy_for_the_big_order(coop, on=on)
        saving.farewells(coop, on=on)


def applicants(coop: Cooperative, *, on: datetime.date) -> None:
    """One waits for the board's decision, one for paying the first savings."""
    place = {"address": "Keparakan Kidul No. 88", "rt": "055", "rw": "013"}
    members.apply(
        name="Wahyuni Kemuning", born_on=datetime.date(1990, 4, 2), is_woman=True, on=on, by=coop.secretary, **place
    )
    admitted = members.apply(
        name="Tarno Pinang",
        born_on=datetime.date(1987, 9, 17),
        is_woman=False,
        on=on - 3 * DAY,
        by=coop.secretary,
        **place,
    )
    members.admit(admitted, on=on - DAY, by=coop.chair)


def applications(coop: Cooperative, *, on: datetime.date) -> None:
    """Three loans on their way: one waits for its guarantor, one for the board, one to be paid out."""
    products = {product.code: product for product in LoanProduct.objects.all()}
    wanted = iter(["guarantor", "board", "payout"])
    step = next(wanted)
    for member, guarantor in zip(coop.makers, reversed(coop.makers), strict=True):
        code, principal, instalments = ("usaha", 4_000_000, 12) if step == "guarantor" else ("bahan", 1_000_000, 4)
        try:
            with refusal_possible():
                loan = loans.apply(
                    member,
                    product=products[code],
                    principal=principal,
                    instalments=instalments,
                    purpose="Modal pesanan akhir tahun",
                    guarantors=[guarantor] if step == "guarantor" else [],
                    on=on - 2 * DAY,
                    by=member.user,
                )
        except LoanRefused:
            continue
        if step == "payout":
            loans.approve(loan, on=on - DAY, by=coop.chair)
        step = next(wanted, None)
        if step is None:
            return


def withdrawals(coop: Cooperative, *, on: datetime.date) -> None:
    """Two members ask for their savings: a large sum waits for the chair, a small one for the treasurer."""
    saved = [(savings_queries.lowest_free(member, since=on) - 10_000, member) for member in coop.makers]
    saved.sort(key=lambda row: (-row[0], row[1].pk))
    for (free, member), most in zip(saved[:2], (700_000, 200_000), strict=False):
        if free >= 50_000:
            savings.request_withdrawal(member, amount=min(free, most), wanted_on=on + 2 * DAY, on=on, by=member.user)


def big_order(coop: Cooperative, *, on: datetime.date) -> None:
    """70 kodi of sandals reach one workshop: what does not fit is on the board, the first part is back already."""
    kodi = Unit.objects.get(code="kodi")
    holder, sandals = coop.makers[0], coop.items["sandals"][0]
    order = orders.take_order(
        holder,
        partner=coop.buyers[0][0],
        lines=[Wanted(sandals, kodi, Decimal(70))],
        due_on=on + 21 * DAY,
        note="Kirim bertahap, label toko dari pembeli.",
        on=on - 6 * DAY,
        by=holder.user,
    )
    line = order.lines.get()
    offer = orders.post_offer(
        line,
        quantity=Decimal(800),
        maker_price=line.price * 85 // 100 // 100 * 100,
        material_included=True,
        at_a_loss=True,
        closes_on=on + 4 * DAY,
        due_on=on + 18 * DAY,
        on=on - 6 * DAY,
        by=holder.user,
    )
    able = [candidate for candidate in order_queries.proposals(offer, as_of=on - 5 * DAY) if candidate.can]
    makers = {member.pk: member for member in coop.makers}
    claims = []
    for candidate in able[:3]:
        member = makers[candidate.pk]
        claims.append(
            orders.claim(offer, member=member, quantity=Decimal(60), insist=True, on=on - 5 * DAY, by=member.user)
        )
    sent = [orders.deliver(claim, delivered=Decimal(40), on=on - DAY, by=claim.member.user) for claim in claims[:2]]
    if sent:
        orders.confirm(
            sent[0], accepted=Decimal(38), rejection_reason="Dua pasang lemnya kurang rapat", on=on, by=holder.user
        )
