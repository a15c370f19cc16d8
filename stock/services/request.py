"""Asking neighbours for material or finished goods, and answering."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from core.notices import tell, tell_all
from members.models import Member
from pricing.models import Item, Unit
from stock import queries
from stock.errors import StockRefused
from stock.models import StockAnswer, StockLoan, StockRequest
from stock.notifications import counted, named
from stock.services.common import act_for, require_member
from stock.services.loan import lend
from stock.services.movement import in_base

TOLD = 10
"""So many of those who can spare it are told; the others find it where neighbours ask."""


@transaction.atomic
def ask_neighbours(
    member: Member,
    *,
    item: Item,
    quantity: Decimal,
    unit: Unit | None = None,
    until_on: datetime.date,
    note: str = "",
    on: datetime.date,
    by: User,
) -> StockRequest:
    """Ask who holds `item` for some of it; those who can spare it are told. Raises StockRefused for a day that is over

    and while the same is asked for already.
    """
    act_for(member, by)
    require_member(member, on=on)
    quantity = in_base(item, quantity, unit)
    if until_on < on:
        raise StockRefused(_("Choose a day from today on, until which you need it."), field="until_on")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if queries.own_requests(member, as_of=on).filter(item=item).exists():
        raise StockRefused(
            _("You ask for {item} already. Take that back first, or wait for the answers.").format(item=item)
        )
    asked = StockRequest.objects.create(
        member=member, item=item, quantity=quantity, until_on=until_on, note=note.strip(), asked_on=on, asked_by=by
    )
    holders = queries.holders(item, as_of=on, wanted=quantity, without=[member.pk])[:TOLD]
    users = User.objects.in_bulk([holder.user_id for holder in holders if holder.user_id])
    text = _("{member} needs {quantity} until {day}. Can you lend some?").format(
        member=member.name, quantity=named(quantity, item), day=long_date(until_on)
    )
    tell_all((users.get(holder.user_id), text, url_of(asked)) for holder in holders)
    audit.record(
        "stock_request.asked", asked, by=by, member=member.name, quantity=named(quantity, item), until=until_on
    )
    return asked


@transaction.atomic
def answer_yes(
    asked: StockRequest,
    holder: Member,
    *,
    quantity: Decimal,
    unit: Unit | None = None,
    on: datetime.date,
    by: User,
    **facts,
) -> StockLoan:
    """The holder lends so much of what is asked for: a loan that the other side confirms. `facts` as for `lend`."""
    asked = _open(asked, holder, on=on, by=by)
    wanted = in_base(asked.item, quantity, unit)
    if wanted > asked.open:
        raise StockRefused(
            _("{open} are still asked for. Write that many or fewer.").format(open=counted(asked.open, asked.item)),
            field="quantity",
        )
    loan = lend(holder, asked.member, item=asked.item, quantity=wanted, on=on, by=by, **facts)
    StockAnswer.objects.create(request=asked, holder=holder, loan=loan, answered_on=on, answered_by=by)
    audit.record("stock_request.promised", asked, by=by, holder=holder.name, quantity=named(wanted, asked.item))
    return loan


@transaction.atomic
def answer_no(asked: StockRequest, holder: Member, *, on: datetime.date, by: User) -> StockAnswer:
    """The holder cannot lend it; who asked is told, and knows to ask somebody else."""
    asked = _open(asked, holder, on=on, by=by)
    answer = StockAnswer.objects.create(request=asked, holder=holder, answered_on=on, answered_by=by)
    audit.record("stock_request.declined", asked, by=by, holder=holder.name)
    text = _("{member} cannot lend {item} now.").format(member=holder.name, item=asked.item)
    tell(asked.member.user, text, url=url_of(asked))
    return answer


@transaction.atomic
def end_request(asked: StockRequest, *, on: datetime.date, by: User) -> StockRequest:
    """Who asked does not need it any more."""
    asked = StockRequest.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=asked.pk)
    act_for(asked.member, by)
    if asked.ended_on:
        raise StockRefused(_("This is over already. Nothing was recorded."))
    asked.ended_on = on
    asked.save(update_fields=["ended_on"])
    audit.record("stock_request.ended", asked, by=by)
    return asked


def _open(asked: StockRequest, holder: Member, *, on: datetime.date, by: User) -> StockRequest:
    """The request, locked, that `holder` may answer."""
    act_for(holder, by)
    StockRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    asked = queries.requests(StockRequest.objects.all()).get(pk=asked.pk)
    if holder.pk == asked.member_id:
        raise StockRefused(_("This is your own request. Others answer it."))
    if not asked.is_open(on, asked.promised):
        raise StockRefused(_("This request is over: its day has passed, or others answered it. Nothing was recorded."))
    if asked.answers.filter(holder=holder).exists():
        raise StockRefused(_("You have answered this request already. Nothing was recorded."))
    return asked


def url_of(asked: StockRequest) -> str:
    return reverse("stock:request", args=[asked.pk])
