"""What waits for one person: every room is asked once, a line each with its day and its one button, sorted by day.

`waiting.py` counts what waits for an office; this is what waits for a somebody, officers too, who have workshops.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money import format_quantity, format_rupiah
from core.permissions import Permission
from governance.models import AgendaItem
from governance.queries import case as cases
from governance.queries import resolution as resolutions
from loans import queries as loans
from loans.models import Loan
from members.models import Member
from orders import queries as orders
from stock import queries as stock
from stock.models import StockLoan

SOON = datetime.timedelta(days=7)
"""What must be back is on the list a week before, as there is time to buy then."""


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, between whom, until when, and the button that does it."""

    icon: str
    title: str
    note: str
    button: str
    url: str
    on: datetime.date | None = None


def waiting(user, member: Member | None, *, on: datetime.date) -> list[Line]:
    """Everything that waits for this person on that day, the most pressing first."""
    lines = [line for room in ROOMS for line in room(user, on)]
    if member is not None:
        lines += [line for room in MEMBERS_ROOMS for line in room(member, on)]
    return sorted(lines, key=lambda line: (line.on or datetime.date.max, line.title))


# -- whoever it is ---------------------------------------------------------------------------------------------------


def handovers(user, on) -> Iterator[Line]:
    """Terms, material, money, deliveries to count, parts to send: the same button as on the page of one's work."""
    if not user.can(Permission.ORDER_LIST):
        return
    for claim in orders.open_handovers(user):
        journey = orders.Journey(claim)
        is_maker = journey.maker.user_id == user.pk
        other = journey.holder if is_maker else journey.maker
        title = f"{claim.offer.line.item} · {journey.promised}"
        if action := journey.next_action(user):
            note = _("for {name}") if is_maker else _("made by {name}")
            yield Line("hammer", title, note.format(name=other.name), action.label, action.url, claim.offer.due_on)
        elif is_maker and (ready := [paid for paid in journey.unpaid if paid.method != "direct"]):
            amount = format_rupiah(sum(paid.amount for paid in ready))
            note = _("{amount} is ready at the cooperative").format(amount=amount)
            yield Line("coins", title, note, _("See the handover"), reverse("orders:claim", args=[claim.pk]), on)


def lent(user, on) -> Iterator[Line]:
    """What the other side wrote down about lent material, and wants a yes to."""
    if not user.can(Permission.STOCK_RECORD):
        return
    for loan in stock.to_confirm(user):
        note = _("{name} recorded lent material").format(name=loan.recorded_for.name)
        yield Line("layers", str(loan.item), note, _("Say whether it is right"),
                   reverse("stock:confirm", args=[loan.pk]), loan.handed_on)  # fmt: skip
    for back in stock.returns_to_confirm(user):
        note = _("{name} recorded that it came back").format(name=back.recorded_for.name)
        yield Line("layers", str(back.loan.item), note, _("Say whether it is right"),
                   reverse("stock:confirm-return", args=[back.pk]), back.on)  # fmt: skip


def resolved(user, on) -> Iterator[Line]:
    """What the board decides between meetings, and this officer has not answered."""
    if not user.can(Permission.RESOLUTION_ANSWER):
        return
    for resolution in resolutions.waiting_for(user):
        yield Line("vote", str(resolution), _("The board decides between meetings."), _("Answer"),
                   reverse("governance:resolution", args=[resolution.pk]), resolution.proposed_on)  # fmt: skip


# -- members ---------------------------------------------------------------------------------------------------------


def voting(member, on) -> Iterator[Line]:
    """An open vote of a meeting the member is at, and has not voted in."""
    rows = AgendaItem.objects.filter(state=AgendaItem.State.VOTING, meeting__attendances__member=member)
    for item in rows.exclude(votes__attendance__member=member).select_related("meeting"):
        yield Line("vote", item.title, _("The vote is open."), _("Vote"), reverse("governance:ballot", args=[item.pk]),
                   item.meeting.on)  # fmt: skip


def guarantees(member, on) -> Iterator[Line]:
    for asked in loans.unanswered_guarantees(member):
        note = _("asks you to guarantee {share}").format(share=format_rupiah(asked.amount))
        yield Line("handshake", asked.loan.member.name, note, _("Answer"), reverse("loans:guarantee", args=[asked.pk]),
                   asked.loan.applied_on)  # fmt: skip
    for asked in loans.unanswered_again(member):
        note = _("asks you to guarantee {share} in future").format(share=format_rupiah(asked.amount))
        yield Line("handshake", asked.restructuring.loan.member.name, note, _("Answer"),
                   reverse("loans:renewed-guarantee", args=[asked.pk]))  # fmt: skip


def granted(member, on) -> Iterator[Line]:
    """A loan that is approved: the money is at the treasurer's."""
    for loan in Loan.objects.approved().filter(member=member):
        note = _("{amount} is ready at the treasurer's").format(amount=format_rupiah(loan.principal))
        yield Line("banknote", loan.number, note, _("See the loan"), reverse("loans:detail", args=[loan.pk]),
                   loan.approved_on)  # fmt: skip


def requests(member, on) -> Iterator[Line]:
    """Who asks for a part of what I offer, and for material or goods I have."""
    for offer in orders.own_offers(member, as_of=on):
        if offer.asking:
            note = ngettext("{count} asks for a part", "{count} ask for a part", offer.asking)
            yield Line("hand-helping", str(offer.line.item), note.format(count=offer.asking), _("See who asks"),
                       reverse("orders:offer", args=[offer.pk]), offer.closes_on)  # fmt: skip
    for asked in stock.asked_of(member, as_of=on):
        note = _("{name} needs {quantity}").format(
            name=asked.member.name, quantity=f"{format_quantity(asked.quantity)} {asked.item.base_unit}"
        )
        yield Line("package-search", str(asked.item), note, _("Answer"), reverse("stock:request", args=[asked.pk]),
                   asked.until_on)  # fmt: skip


def returns(member, on) -> Iterator[Line]:
    """What I borrowed and must bring back within the week."""
    rows = StockLoan.objects.running(as_of=on).filter(borrower=member)
    if not rows.exists():
        return
    for row in stock.outlooks(rows, as_of=on):
        if row.return_on <= on + SOON:
            note = _("to {name}, by {day}").format(name=row.loan.lender.name, day=date_format(row.return_on, "j F"))
            quantity = f"{format_quantity(row.out)} {row.loan.item.base_unit}"
            yield Line("undo-2", f"{row.loan.item} · {quantity}", note, _("Give it back"),
                       reverse("stock:loan", args=[row.loan.pk]), row.return_on)  # fmt: skip


def talks(member, on) -> Iterator[Line]:
    for case in cases.open_cases(member, as_of=on):
        yield Line("messages-square", _("The board"), _("would like to talk with you"), _("Read and answer"),
                   reverse("governance:case", args=[case.pk]), case.opened_on)  # fmt: skip


ROOMS = [handovers, lent, resolved]
MEMBERS_ROOMS = [voting, guarantees, granted, requests, returns, talks]
