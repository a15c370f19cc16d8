"""Distributing the surplus of a year: proposed from the closed books, posted on the annual meeting's decision, paid."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from core.notices import tell, tell_all
from governance.models import Decision, DecisionKind
from governance.services import require
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Period, Unit
from ledger.services import credit, debit
from members.models import Member
from savings import services as savings
from savings.models import Movement
from shu import queries
from shu.allocation import Fund
from shu.models import Distribution, FundPart, Share, SharePayment
from treasury import services as spending
from treasury.models import PaymentKind, PaymentRequest

FUND_ACCOUNTS = {
    Fund.RESERVE: chart.RESERVE_FUND,
    Fund.BOARD: chart.BOARD_FUND,
    Fund.STAFF: chart.STAFF_FUND,
    Fund.EDUCATION: chart.EDUCATION_FUND,
    Fund.SOCIAL: chart.SOCIAL_FUND,
}
"""Where the parts that are not the members' go. The members' two pools stand on SHU payable, member by member."""


class ShuRefused(Refused):
    pass


@transaction.atomic
def propose(year: int, *, on: datetime.date, by: User) -> Distribution:
    """Calculate the distribution of a year from its closed books and save every figure for the annual meeting.

    Raises ShuRefused while a month of the year is open, without rules on its last day, for a loss, and where the
    year is already distributed.
    """
    _refuse_open_months(year)
    if Distribution.objects.standing().filter(year=year).exists():
        raise ShuRefused(
            _("The SHU of {year} has already been distributed. Look at that distribution first.").format(year=year)
        )
    found = queries.preview(year, as_of=datetime.date(year, 12, 31))
    if found.rules is None:
        raise ShuRefused(
            _("No SHU rules were in force on 31 December {year}. The meeting must decide them first.").format(year=year)
        )
    if found.allocation is None:
        raise ShuRefused(_("{year} has no surplus. A loss is not shared out.").format(year=year))
    distribution = Distribution.objects.create(
        year=year,
        rules=found.rules,
        result_usp=found.results[Unit.USP],
        result_umum=found.results[Unit.UMUM],
        proposed_on=on,
        proposed_by=by,
    )
    FundPart.objects.bulk_create(
        FundPart(distribution=distribution, fund=fund, percentage=found.rules.percentages[fund], amount=amount)
        for fund, amount in found.allocation.funds.items()
    )
    Share.objects.bulk_create(
        Share(
            distribution=distribution,
            member_id=row.member_id,
            capital=row.figures.capital,
            business=row.figures.business,
            capital_part=row.share.capital_part,
            business_part=row.share.business_part,
        )
        for row in found.rows
        if row.share.total
    )
    audit.record("shu.proposed", distribution, by=by, amount=distribution.surplus, on=on)
    return distribution


@transaction.atomic
def withdraw(distribution: Distribution, *, on: datetime.date, by: User) -> Distribution:
    """Withdraw a proposal before it is posted; a new one can then be calculated. Its figures stay readable."""
    distribution = _locked(distribution)
    _refuse_booked(distribution)
    distribution.withdrawn_on = on
    distribution.save(update_fields=["withdrawn_on"])
    audit.record("shu.withdrawn", distribution, by=by, on=on)
    return distribution


@transaction.atomic
def book(distribution: Distribution, *, decided_in: Decision, on: datetime.date, by: User) -> Distribution:
    """Post what the annual meeting decided: from then on the members' shares are payable.

    One entry in each unit; the savings-and-loan unit keeps the funds and pays the members, so the general unit hands
    its result over through the account between them. Not by the person who proposed it (four eyes). Raises
    ShuRefused for a decision of another organ or from before the end of the year, and if the books have changed since.
    """
    distribution = _locked(distribution)
    _refuse_booked(distribution)
    if distribution.proposed_by_id == by.pk:
        raise ShuRefused(_("The person who proposed the distribution cannot post it. Ask the chair."))
    require(decided_in, kind=DecisionKind.SHU, subject=distribution, on=on, field="decided_in")
    if decided_in.decided_on.year <= distribution.year:
        raise ShuRefused(
            _("Only the annual meeting after the end of {year} divides its SHU (UU 25/1992 art. 23).").format(
                year=distribution.year
            ),
            field="decided_in",
        )
    if on < max(decided_in.decided_on, distribution.proposed_on):
        raise ShuRefused(_("The day cannot be before the decision of the meeting."), field="on")
    parts = {part.fund: part.amount for part in distribution.parts.all()}
    shares = list(distribution.shares.select_related("member__user").order_by("pk"))
    memo = _("SHU {year}, decided in {number}").format(year=distribution.year, number=decided_in.number)
    facts = {"on": on, "by": by, "memo": memo}
    distribution.entry_usp = ledger.post_entry(
        unit=Unit.USP,
        reference=f"shu:{distribution.pk}:usp",
        lines=[
            *_signed(chart.DISTRIBUTED_SHU, distribution.result_usp),
            *_signed(chart.INTER_UNIT, distribution.result_umum),
            *(credit(code, parts[fund]) for fund, code in FUND_ACCOUNTS.items() if parts[fund]),
            *(credit(chart.SHU_PAYABLE, share.total, member=share.member) for share in shares),
        ],
        **facts,
    )
    if distribution.result_umum:
        distribution.entry_umum = ledger.post_entry(
            unit=Unit.UMUM,
            reference=f"shu:{distribution.pk}:umum",
            lines=[
                *_signed(chart.DISTRIBUTED_SHU, distribution.result_umum),
                *_signed(chart.INTER_UNIT, -distribution.result_umum),
            ],
            **facts,
        )
    distribution.decided_in, distribution.approved_on, distribution.approved_by = decided_in, on, by
    distribution.save(update_fields=["decided_in", "approved_on", "approved_by", "entry_usp", "entry_umum"])
    audit.record("shu.booked", distribution, by=by, amount=distribution.surplus, number=decided_in.number, on=on)
    text = _("Your part of the SHU of {year} is {amount}. The treasurer pays it out.")
    tell_all(
        (
            share.member.user,
            text.format(year=distribution.year, amount=format_rupiah(share.total)),
            reverse("shu:mine"),
        )
        for share in shares
    )
    return distribution


def decided(
    distribution: Distribution, *, decision: Decision, start: datetime.date, on: datetime.date, by: User
) -> Distribution:
    """The annual meeting passed the division: by one click, posted on the day."""
    return book(distribution, decided_in=decision, on=start, by=by)


@transaction.atomic
def pay(share: Share, *, channel: str, on: datetime.date, by: User) -> SharePayment | PaymentRequest:
    """Pay a member's share with a receipt, or into voluntary savings; never to oneself.

    What leaves in cash or from the bank waits for a second approval where the rules ask for one.
    """
    share = _payable(share, on=on, by=by)
    if channel == Channel.SAVINGS:
        return _into_savings(share, on=on, by=by)
    return spending.pay(
        PaymentKind.SHU,
        amount=share.total,
        channel=channel,
        payee=share.member.name,
        purpose=_purpose(share),
        about=share.pk,
        parties=[share.member.user],
        on=on,
        by=by,
        share=share.pk,
    )


@transaction.atomic
def post_share(*, share: int, channel: str, on: datetime.date, by: User, **_told) -> SharePayment:
    """Pay a member's share out: the hook `payments.shu`."""
    found = _payable(Share(pk=share), on=on, by=by)
    again = found.payments.count()
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"shu_share:{found.pk}:paid" + (f":{again + 1}" if again else ""),
        memo=f"{_purpose(found)}: {found.member.name}",
        lines=[
            debit(chart.SHU_PAYABLE, found.total, member=found.member),
            credit(account_of(channel), found.total),
        ],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry,
        party=found.member.name,
        member=found.member,
        purpose=_purpose(found),
        amount=found.total,
        direction="out",
        by=by,
    )
    return _paid(found, Channel(channel), on=on, by=by, entry=entry, receipt=receipt)


@transaction.atomic
def pay_all_into_savings(distribution: Distribution, *, on: datetime.date, by: User) -> list[SharePayment]:
    """Pay every share that is still unpaid into its member's voluntary savings, all or nothing.

    Left out are former members (theirs is paid out), the payer's own share, and what waits for a second approval.
    """
    distribution = _locked(distribution)
    shares = (
        distribution.shares.unpaid()
        .select_for_update(no_key=True, of=["self"])
        .select_related("member", "distribution")
        .filter(member__in=Member.objects.entered(as_of=on))
        .exclude(member__user=by)
        .order_by("member_id")
    )
    waiting = PaymentRequest.objects.waiting().filter(kind=PaymentKind.SHU).values_list("about", flat=True)
    asked = set(waiting)
    paid = [_into_savings(share, on=on, by=by) for share in shares if str(share.pk) not in asked]
    if not paid:
        raise ShuRefused(_("There is no share left that could go into savings."))
    return paid


@transaction.atomic
def reverse_payment(payment: SharePayment, *, reason: str, on: datetime.date, by: User) -> SharePayment:
    """Undo a wrong payment of a share, its savings with it; the share can be paid anew. Never by who paid it.

    What was set off when the member left is part of that departure and stays.
    """
    share = Share.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user").get(
        pk=payment.share_id
    )  # fmt: skip
    payment = SharePayment.objects.select_for_update(no_key=True, of=["self"]).get(pk=payment.pk)
    columns = payment.mark_reversed(on=on, by=by, reason=reason, refused=ShuRefused)
    if share.member.user_id == by.pk:
        raise ShuRefused(_("This is your own share. Another officer must reverse it."))
    if payment.channel == Channel.DEPARTURE:
        raise ShuRefused(_("This was set off when the member left, and stays with the departure."))
    if payment.savings:  # whose entry is the payment's own
        savings.reverse(payment.savings, on=on, reason=payment.reversal_reason, by=by)
    else:
        ledger.reverse(payment.entry, on=on, reason=payment.reversal_reason, by=by)
    payment.save(update_fields=columns)
    share.payment = None
    share.save(update_fields=["payment"])
    words = {"member": share.member, "amount": share.total, "reason": payment.reversal_reason}
    audit.record("shu.payment_reversed", share, by=by, **words)
    text = _("The payment of your part of the SHU, {amount}, was reversed: {reason}")
    tell(
        share.member.user,
        text.format(amount=format_rupiah(share.total), reason=payment.reversal_reason),
        url=reverse("shu:mine"),
    )
    return payment


def hand_over(member: Member, *, on: datetime.date, by: User) -> None:
    """Transfer what a leaving member has not collected to the settlement (account 2402, `departures`)."""
    shares = Share.objects.unpaid().select_for_update(no_key=True, of=["self"]).select_related("distribution")
    for share in shares.filter(member=member).order_by("pk"):
        entry = ledger.post_entry(
            unit=Unit.USP,
            on=on,
            reference=f"shu_share:{share.pk}:leaving",
            memo=_("SHU of {year} of {member}, who is leaving").format(year=share.distribution.year, member=member),
            lines=[
                debit(chart.SHU_PAYABLE, share.total, member=member),
                credit(chart.FORMER_MEMBERS_PAYABLE, share.total, member=member),
            ],
            by=by,
        )
        _keep(share, Channel.DEPARTURE, on=on, by=by, entry=entry)
        audit.record("shu.handed_over", share, by=by, member=member, amount=share.total, on=on)


def _payable(share: Share, *, on: datetime.date, by: User) -> Share:
    """The share, locked. Raises ShuRefused before it is decided, where it is paid, and for one's own."""
    rows = Share.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user", "distribution")
    share = rows.get(pk=share.pk)
    _refuse_unpayable(share, on=on, by=by)
    return share


def _refuse_unpayable(share: Share, *, on: datetime.date, by: User) -> None:
    distribution, member = share.distribution, share.member
    if not distribution.is_booked:
        raise ShuRefused(_("The annual meeting has not decided on this distribution yet."))
    if share.payment_id:
        raise ShuRefused(_("{name} has already received this share.").format(name=member.name))
    if member.user_id == by.pk:
        raise ShuRefused(_("Nobody pays out money to themselves. Ask another officer."))
    if on < distribution.approved_on:
        raise ShuRefused(
            _("The shares are payable from {day}. Choose that day or a later one.").format(
                day=date_format(distribution.approved_on, "j F Y")
            ),
            field="on",
        )


def _into_savings(share: Share, *, on: datetime.date, by: User) -> SharePayment:
    _refuse_unpayable(share, on=on, by=by)
    movement = savings.deposit(
        share.member, kind=Movement.Kind.VOLUNTARY, amount=share.total, on=on, by=by, against=chart.SHU_PAYABLE
    )
    return _paid(share, Channel.SAVINGS, on=on, by=by, entry=movement.entry, savings=movement)


def _paid(share: Share, channel: str, **facts) -> SharePayment:
    payment = _keep(share, channel, **facts)
    audit.record("shu.paid", share, by=facts["by"], member=share.member, amount=share.total, on=facts["on"])
    return payment


def _keep(share: Share, channel: str, *, on: datetime.date, by: User, **posted) -> SharePayment:
    share.payment = SharePayment.objects.create(
        share=share, channel=str(Channel(channel).value), paid_on=on, paid_by=by, **posted
    )
    share.save(update_fields=["payment"])
    return share.payment


def _purpose(share: Share) -> str:
    return _("SHU of {year}").format(year=share.distribution.year)


def _locked(distribution: Distribution) -> Distribution:
    return Distribution.objects.select_for_update(no_key=True).get(pk=distribution.pk)


def _refuse_booked(distribution: Distribution) -> None:
    if distribution.withdrawn_on:
        raise ShuRefused(_("This proposal was withdrawn. Calculate a new distribution."))
    if distribution.is_booked:
        raise ShuRefused(_("This distribution is posted. The decision of the annual meeting is final."))


def _refuse_open_months(year: int) -> None:
    closed = Period.objects.filter(month__year=year, month__month=12, closed_on__isnull=False)
    if set(closed.values_list("unit", flat=True)) != set(Unit.values):
        raise ShuRefused(_("The books of {year} are still open. Close December in both units first.").format(year=year))


def _signed(code: str, amount: int) -> list:
    """A debit for a positive amount, a credit for a negative one, nothing for zero."""
    if not amount:
        return []
    return [debit(code, amount) if amount > 0 else credit(code, -amount)]
