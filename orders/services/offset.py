"""Pay against an instalment or dues: only by the maker's own word, booked when the money is paid out."""

import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from activities import services as activities
from activities.models import DuesPayment
from core import audit
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Unit as Books
from loans import services as loans
from loans.models import Loan, Repayment
from members.models import Member
from orders import queries
from orders.models import Offset, Settlement
from orders.models.settlement import POSTED
from orders.services.common import OrdersRefused


class Booked(NamedTuple):
    """What the other room wrote: the entry in the general unit, and what it needs to undo its side."""

    entry: Any
    handle: str


@transaction.atomic
def consent(paid: Settlement, *, what: str, amount: int | None = None, on: datetime.date, by: User) -> Offset:
    """The maker lets a part of the waiting pay go against `what` (`instalment:12`, `dues:2`). Nobody else can.

    Raises OrdersRefused for anybody but the maker, for pay that does not wait at the cooperative, for what is not owed
    any more, and for more than is left of the pay.
    """
    paid = Settlement.objects.select_for_update(no_key=True, of=["self"]).get(pk=paid.pk)
    claim = paid.delivery.claim
    if claim.member.user_id != by.pk:
        raise OrdersRefused(_("Only {member} can agree to this.").format(member=claim.member.name))
    if paid.method not in POSTED or paid.paid_on or paid.reversed_on:
        raise OrdersRefused(_("The cooperative does not hold this money, or no longer does."))
    kind, _colon, key = what.partition(":")
    option = _option(claim.member, kind, key, as_of=on)
    left = paid.amount - sum(standing(paid).values_list("amount", flat=True))
    wanted = option.amount
    if option.in_parts:
        wanted = min(option.amount, left) if amount is None else amount
    if not 0 < wanted <= min(option.amount, left):
        raise OrdersRefused(
            _("{most} at most can go there from this pay.").format(most=format_rupiah(min(option.amount, left))),
            field="amount" if option.in_parts else "what",
        )
    same = {"kind": kind, "key": key} if option.in_parts else {"kind": kind}
    if standing(paid).filter(**same).exists():
        raise OrdersRefused(_("You have agreed to this already. Take that back to change it."), field="what")
    offset = Offset.objects.create(
        settlement=paid,
        kind=kind,
        key=key,
        label=option.label[:120],
        amount=wanted,
        consented_on=on,
        consented_by=by,
    )
    audit.record("offset.agreed", claim, by=by, amount=wanted, label=option.label)
    return offset


@transaction.atomic
def withdraw_consent(offset: Offset, *, on: datetime.date, by: User) -> Offset:
    """The maker wants the money after all, as long as it was not booked."""
    paid = Settlement.objects.select_for_update(no_key=True, of=["self"]).get(pk=offset.settlement_id)
    offset = Offset.objects.get(pk=offset.pk)
    if offset.consented_by_id != by.pk:
        raise OrdersRefused(_("Only {member} can agree to this.").format(member=paid.delivery.claim.member.name))
    if offset.entry_id or offset.withdrawn_on:
        raise OrdersRefused(_("This was already booked or withdrawn."))
    offset.withdrawn_on = on
    offset.save(update_fields=["withdrawn_on"])
    audit.record("offset.withdrawn", paid.delivery.claim, by=by, amount=offset.amount, label=offset.label)
    return offset


def standing(paid: Settlement):
    """What the maker agreed to and did not take back."""
    return paid.offsets.filter(withdrawn_on=None)


def book_offsets(paid: Settlement, *, on: datetime.date, by: User) -> int:
    """Book what the maker agreed to, out of the money that waits; how much it was. Called by `pay_out`."""
    member, total = paid.delivery.claim.member, 0
    for offset in standing(paid).order_by("pk"):
        _option(member, offset.kind, offset.key, as_of=on, least=offset.amount)
        pay, _undo = WAYS[offset.kind]
        booked = pay(member, offset.key, offset.amount, on=on, by=by, reference=f"offset:{offset.pk}:paid")
        offset.entry, offset.handle = booked.entry, booked.handle
        offset.save(update_fields=["entry", "handle"])
        audit.record("offset.booked", paid.delivery.claim, by=by, amount=offset.amount, label=offset.label)
        total += offset.amount
    return total


def undo_offsets(paid: Settlement, *, reason: str, on: datetime.date, by: User) -> None:
    """Take back what was booked, the last first. Called by `reverse_settlement`."""
    for offset in standing(paid).exclude(entry=None).order_by("-pk"):
        _pay, undo = WAYS[offset.kind]
        undo(offset, on=on, reason=reason, by=by)


def _option(member: Member, kind: str, key: str, *, as_of: datetime.date, least: int = 0) -> queries.Option:
    found = [one for one in queries.netting_options(member, as_of=as_of) if (one[0], one[1].key) == (kind, key)]
    option = found[0][1] if found else None
    if option is None or option.amount < least or (least and not option.in_parts and option.amount != least):
        raise OrdersRefused(
            _("This is no longer owed. The maker has to choose again where the pay goes."), field="what"
        )
    return option


def pay_instalment(member: Member, key: str, amount: int, *, on: datetime.date, by: User, reference: str) -> Booked:
    """The savings-and-loan unit has a claim on the general unit instead of cash, and the maker has paid so much."""
    loan = Loan.objects.get(pk=key, member=member)
    entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=reference,
        memo=_("Pay for work against loan {number} of {member}").format(number=loan.number, member=member.name),
        lines=[
            ledger.debit(chart.MAKERS_PAYABLE, amount, member=member),
            ledger.credit(chart.INTER_UNIT, amount),
        ],
        by=by,
    )
    repayment = loans.repay(loan, amount=amount, on=on, by=by, through=Channel.SETTLEMENT)
    return Booked(entry, str(repayment.pk))


def undo_instalment(offset: Offset, *, on: datetime.date, reason: str, by: User) -> None:
    repayment = Repayment.objects.get(pk=offset.handle)
    loans.reverse_repayment(repayment, on=on, reason=reason, by=by, with_settlement=True)
    ledger.reverse(offset.entry, on=on, reason=reason, by=by)


# -- dues ------------------------------------------------------------------------------------------------------------


def pay_dues(member: Member, key: str, amount: int, *, on: datetime.date, by: User, reference: str) -> Booked:
    """The dues take their month out of what the cooperative holds for the maker; their entry is the whole booking."""
    payments = activities.collect_dues(member, months=int(key), on=on, by=by, channel=Channel.SETTLEMENT)
    return Booked(payments[0].entry, str(payments[0].pk))


def undo_dues(offset: Offset, *, on: datetime.date, reason: str, by: User) -> None:
    activities.reverse_dues(DuesPayment.objects.get(pk=offset.handle), on=on, reason=reason, by=by)


WAYS = {"instalment": (pay_instalment, undo_instalment), "dues": (pay_dues, undo_dues)}
"""How each kind is booked out of the maker's money at the cooperative (2401), and taken back."""
