"""What a business has to receive and to pay for work between neighbours, and what it received and paid."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from core.money import format_quantity
from ledger.channels import Channel
from members.models import Member
from orders.models import Advance, Claim, Settlement
from orders.queries.handover import open_ones
from orders.queries.settlement import owing

WHAT_A_BILL_SHOWS = ("member", "offer__line__item__base_unit", "offer__line__order__member")


@dataclass(frozen=True)
class Bill:
    """One row: which handover, with whom, since when, how much, and how it stands."""

    claim: Claim
    other: Member
    what: str
    on: datetime.date | None
    amount: int
    state: str


@dataclass(frozen=True)
class Bills:
    """The four lists of a business; each total is the sum of its rows."""

    to_receive: list[Bill]
    to_pay: list[Bill]
    received: list[Bill]
    paid: list[Bill]

    @property
    def totals(self) -> dict[str, int]:
        return {name: sum(row.amount for row in rows) for name, rows in vars(self).items()}


def bills(member: Member, *, first: datetime.date, last: datetime.date) -> Bills:
    """Open as things stand; settled from `first` to `last`. A constant number of queries."""
    to_receive, to_pay = [], []
    for claim in open_ones(Q(member=member) | Q(offer__line__order__member=member)):
        makes = claim.member_id == member.pk
        own, others = (to_receive, to_pay) if makes else (to_pay, to_receive)
        own += _owing(claim, makes)
        own += _unpaid(claim) if makes else []
        others += _to_pay_back(claim, makes)
    return Bills(
        sorted(to_receive, key=_oldest),
        sorted(to_pay, key=_oldest),
        *(sorted(_settled(member, makes, first, last), key=_oldest, reverse=True) for makes in (True, False)),
    )


def _oldest(bill: Bill) -> tuple:
    return bill.on or datetime.date.max, bill.claim.pk


def _other(claim: Claim, makes: bool) -> Member:
    return claim.offer.line.order.member if makes else claim.member


def _what(claim: Claim, quantity: Decimal) -> str:
    item = claim.offer.line.item
    return f"{format_quantity(quantity)} {item.base_unit} {item}"


def _owing(claim: Claim, makes: bool) -> list[Bill]:
    state = _("counted, not paid yet")
    return [
        Bill(claim, _other(claim, makes), _what(claim, one.accepted), one.confirmed_on, amount, state)
        for one, amount in owing(claim, claim.owed)
        if amount
    ]


def _unpaid(claim: Claim) -> list[Bill]:
    """Paid by the holder, and the maker does not have it, or has not said so."""
    return [
        Bill(
            claim,
            _other(claim, True),
            _what(claim, one.accepted),
            paid.settled_on,
            paid.amount,
            _("paid directly; say whether you have it")
            if paid.method == Channel.DIRECT
            else _("ready at the cooperative"),
        )
        for one in claim.deliveries.all()
        for paid in one.settlements.all()
        if not paid.reversed_on and paid.paid_on is None
    ]


def _to_pay_back(claim: Claim, makes: bool) -> list[Bill]:
    if not claim.owed.remainder:
        return []
    what = _what(claim, claim.in_hand)
    state = _("more was taken ahead than the work was worth")
    return [Bill(claim, _other(claim, makes), what, claim.offer.due_on, claim.owed.remainder, state)]


def _settled(member: Member, receives: bool, first: datetime.date, last: datetime.date) -> list[Bill]:
    """What crossed to (`receives`) or from this business: settlements when they left or arrived, money ahead and back.

    For the maker the day is when the money was theirs; for the holder when it left.
    """
    day = "paid_on" if receives else "settled_on"
    side = "delivery__claim__member" if receives else "delivery__claim__offer__line__order__member"
    rows = Settlement.objects.filter(**{side: member, f"{day}__range": (first, last)}, reversed_on=None, amount__gt=0)
    found = [
        Bill(
            paid.delivery.claim,
            _other(paid.delivery.claim, receives),
            _what(paid.delivery.claim, paid.delivery.accepted),
            getattr(paid, day),
            paid.amount,
            paid.get_method_display(),
        )
        for paid in rows.select_related(*(f"delivery__claim__{name}" for name in WHAT_A_BILL_SHOWS))
    ]
    maker, holder = Q(claim__member=member), Q(claim__offer__line__order__member=member)
    ahead, back = Q(kind=Advance.Kind.AHEAD), Q(kind=Advance.Kind.BACK)
    mine = (maker & ahead) | (holder & back) if receives else (holder & ahead) | (maker & back)
    crossed = Advance.objects.filter(mine, paid_on__range=(first, last), confirmed_on__isnull=False, reversed_on=None)
    return found + [
        Bill(
            one.claim,
            _other(one.claim, one.claim.member_id == member.pk),
            _what(one.claim, one.claim.in_hand),
            one.paid_on,
            one.amount,
            one.get_kind_display(),
        )
        for one in crossed.select_related(*(f"claim__{name}" for name in WHAT_A_BILL_SHOWS))
    ]
