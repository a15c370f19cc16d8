"""Rounds: what counts of everybody who asked, and a closed round explained."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import sql
from core.money import format_quantity, format_rupiah
from members.models import Member
from orders.arithmetic.round import Ask
from orders.models import Offer, Round, RoundShare, WorkRequest
from orders.models.quantities import NONE

Reason = RoundShare.Reason


def asks(offer: Offer, requests: Iterable[WorkRequest], *, as_of: datetime.date) -> dict[int, Ask]:
    """What the sharing goes by, per member who asked: wish, room, what they received before. Two queries."""
    wishes = {request.member_id: request.wish for request in requests}
    found = {
        row.id: row
        for row in sql.rows(
            "orders/sql/proposals.sql", offer=offer.pk, members=list(wishes), as_of=as_of, shortlist=len(wishes)
        )
    }
    here = set(Member.objects.entered(as_of=as_of).filter(pk__in=wishes).values_list("pk", flat=True))
    return {
        pk: Ask(
            wish,
            free=found[pk].free if pk in found else None,
            balance=found[pk].received if pk in found else 0,
            is_member=pk in here,
        )
        for pk, wish in wishes.items()
    }


def rounds(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Closed rounds, newest first, with how many asked (`asked`) and got something (`makers`)."""
    return (
        rows.select_related("offer__line__item__base_unit", "offer__line__order__member", "closed_by")
        .annotate(asked=Count("shares"), makers=Count("shares", filter=Q(shares__given__gt=0)))
        .order_by("-closed_on", "-pk")
    )


@dataclass(frozen=True)
class Share:
    """One row of the explanation: the figures and the sentence."""

    row: RoundShare
    sentence: str


def shares(of: Round) -> list[Share]:
    """Who got what and why, most first: what every member may read and argue with."""
    rows = list(of.shares.select_related("member").order_by("-given", "member__name"))
    most = max((row.given for row in rows), default=NONE)
    return [Share(row, _sentence(row, of, others_got_more=row.given < most)) for row in rows]


def round_of(offer: Offer) -> Round | None:
    return Round.objects.filter(offer=offer).first()


def _sentence(row: RoundShare, of: Round, *, others_got_more: bool) -> str:
    item = of.offer.line.item
    words = {
        "wish": f"{format_quantity(row.wish)} {item.base_unit}",
        "given": f"{format_quantity(row.given)} {item.base_unit}",
        "free": "" if row.free is None else f"{format_quantity(row.free)} {item.base_unit}",
        "day": date_format(of.offer.due_on, "j F Y"),
        "before": format_rupiah(row.balance),
    }
    if row.reason == Reason.SHARE and others_got_more:  # at most one lot more, of the last
        return _not_one_of_the_last(row).format(**words)
    return {
        Reason.WISH: _("Asked for {wish} and got all of it."),
        Reason.ROOM: _("Asked for {wish}, has room for {free} until {day}: got {given}."),
        Reason.SHARE: _(
            "Asked for {wish}. There was not enough for all, so the share is as large as everybody's: {given}."
        ),
        Reason.ODD: _(
            "Asked for {wish}. The share of everybody, and one of the last on top: {before} from neighbours in the "
            "past year, no more than those who could have used one, too. Of equals who is in the register longer. Got "
            "{given}."
        ),
        Reason.LEFT: _("Asked for {wish}, but was no member any more when the round closed."),
    }[row.reason].format(**words)


def _not_one_of_the_last(row: RoundShare) -> str:
    """For who got one lot less than a neighbour: why, and that it is counted the next time."""
    if row.given:
        return _(
            "Asked for {wish}. There was not enough for all: {given} is the share of everybody. The last ones, too few "
            "to go round, went to those who had received less in the past year ({before} here), of equals to who is in "
            "the register longer. What they got counts the next time."
        )
    return _(
        "Asked for {wish}. There was less than one lot for each: it went to those who had received less in the past "
        "year ({before} here), of equals to who is in the register longer. What they got counts the next time."
    )
