"""Term deposits: opened with a certificate, broken early by the rules, or ended at maturity."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, dates, sql
from core.models import User
from core.money import format_rupiah
from core.reversal import given_reason
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Entry, Unit
from ledger.services import credit, debit
from members.models import Member
from savings import notifications, queries
from savings.models import Movement, TermDeposit, TermSavingsRules
from savings.services.accrued_interest import pay_interest
from savings.services.common import (
    SavingsRefused,
    day_of,
    locked,
    receipt_for,
    refuse_nothing,
    refuse_overdraft,
    refuse_stranger,
)
from savings.services.movement import refuse_much

Kind, Direction, Ending = Movement.Kind, Movement.Direction, TermDeposit.Ending


@transaction.atomic
def open_term_deposit(
    member: Member, *, months: int, amount: int, channel: str, renewal: str, on: datetime.date, by: User
) -> TermDeposit:
    """Put savings aside for `months`, for money or out of the voluntary savings (`Channel.SAVINGS`).

    Raises SavingsRefused where no rules for such a term are in force, below the least deposit, and for more than the
    voluntary savings can spare.
    """
    member = locked(member)
    refuse_stranger(member, on)
    refuse_nothing(amount)
    rules = term_rules(months, on)
    if amount < rules.least_amount:
        raise SavingsRefused(
            _("A deposit of {months} months starts at {least}.").format(
                months=months, least=format_rupiah(rules.least_amount)
            ),
            field="amount",
        )
    if channel == Channel.SAVINGS:
        refuse_overdraft(member, amount, on)
    deposit = _new_term(member, rules, amount, renewal=renewal, on=on, by=by)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"term:{deposit.pk}:opened",
        memo=_("Term savings {number}: {member}").format(number=deposit, member=member),
        lines=[
            _other_side(debit, member, channel, amount),
            credit(chart.TERM_SAVINGS, amount, member=member),
        ],
        by=by,
    )
    receipt = None
    if Channel(channel).makes_receipt:
        receipt = receipt_for(
            entry, member, purpose=_("Term savings {number}").format(number=deposit), amount=amount, by=by
        )
    else:
        _move(deposit, Kind.VOLUNTARY, Direction.WITHDRAWAL, amount, entry)
    _move(deposit, Kind.TERM, Direction.DEPOSIT, amount, entry, receipt)
    audit.record("term_deposit.opened", deposit, by=by, amount=amount, months=months, on=on)
    return deposit


@transaction.atomic
def choose_renewal(deposit: TermDeposit, *, renewal: str, by: User) -> TermDeposit:
    """What happens at the end of the term, as the member wishes; until it has ended."""
    deposit = _open(deposit)
    before = deposit.get_renewal_display()
    deposit.renewal = TermDeposit.Renewal(renewal)
    deposit.save(update_fields=["renewal"])
    audit.record(
        "term_deposit.renewal_chosen", deposit, by=by, renewal=str(deposit.get_renewal_display()), before=str(before)
    )
    return deposit


@transaction.atomic
def break_term_deposit(deposit: TermDeposit, *, channel: str, on: datetime.date, by: User) -> TermDeposit:
    """End a term before its time: interest is lost, or paid until that day less a penalty, as its rules say.

    Raises SavingsRefused on or after the last day (it ends automatically then), for one's own deposit, and for more
    cash in a day than may be paid without the chair's approval.
    """
    deposit = _open(deposit)
    member = deposit.member
    refuse_stranger(member, on)
    if not deposit.opened_on <= on < deposit.matures_on:
        raise SavingsRefused(
            _("The term runs from {first} to {last}. Choose a day in between.").format(
                first=day_of(deposit.opened_on), last=day_of(deposit.matures_on)
            ),
            field="on",
        )
    if member.user_id == by.pk:
        raise SavingsRefused(_("Nobody pays out money to themselves. Ask the chair to do it."))
    quote = queries.break_quote(deposit, on=on)
    if Channel(channel).makes_receipt:
        refuse_much(member, quote.paid_out, on)
    if quote.interest:
        pay_interest(member, quote.interest, on=on, by=by, term=deposit)
    _close(deposit, Ending.BROKEN, on=on, by=by, penalty=quote.penalty)
    _repay(deposit, channel=channel, on=on, by=by)
    audit.record("term_deposit.broken", deposit, by=by, amount=deposit.amount, penalty_amount=quote.penalty, on=on)
    return deposit


@transaction.atomic
def undo_term_deposit(deposit: TermDeposit, *, reason: str, on: datetime.date, by: User) -> TermDeposit:
    """Undo a mistaken opening before any interest was paid, by another person than the one who opened it."""
    deposit = _open(deposit)
    if deposit.opened_by_id == by.pk:
        raise SavingsRefused(_("The person who booked it cannot reverse it. Ask the chair or the other officer."))
    reason = given_reason(reason, SavingsRefused)
    if queries.has_earned(deposit):
        raise SavingsRefused(_("Interest was paid on it. Break the term instead."))
    movements = list(deposit.movements.select_related("entry"))
    entry = ledger.reverse(movements[0].entry, on=on, reason=reason, by=by)
    for movement in movements:
        Movement.objects.create(
            member=deposit.member,
            kind=movement.kind,
            direction=Direction.WITHDRAWAL if movement.is_deposit else Direction.DEPOSIT,
            amount=movement.amount,
            on=on,
            entry=entry,
            reverses=movement,
            term=deposit,
        )
    _close(deposit, Ending.UNDONE, on=on, by=by)
    audit.record("term_deposit.undone", deposit, by=by, amount=deposit.amount, reason=reason, on=on)
    return deposit


@transaction.atomic
def mature_term_deposits(*, on: datetime.date, by: User) -> int:
    """End every term that has reached its last day, dated that day, in the way its member chose. Safe to run twice."""
    count = 0
    for deposit in TermDeposit.objects.to_mature(as_of=on).order_by("matures_on", "pk"):
        count += _mature(deposit, by=by)
    return count


def lock_maturing(*, on: datetime.date) -> None:
    """Lock the members whose terms will end, in the order of their keys."""
    members = TermDeposit.objects.to_mature(as_of=on).values("member")
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk"))


def _mature(deposit: TermDeposit, *, by: User) -> bool:
    """Pay the interest that is missing, then pay out or renew. False if it has ended in the meantime."""
    locked(deposit.member)
    deposit = _row(deposit)
    if deposit.closed_on:
        return False
    on = deposit.matures_on
    member, Renewal = deposit.member, TermDeposit.Renewal
    missing = max(deposit.earned(until=on) - queries.term_interest_paid(deposit), 0)
    net = max(pay_interest(member, missing, on=on, by=by, term=deposit), 0)
    renewal = deposit.renewal if not member.left_on else Renewal.PAY_OUT
    if renewal == Renewal.PAY_OUT:
        _close(deposit, Ending.MATURED, on=on, by=by)
        _repay(deposit, channel=Channel.SAVINGS, on=on, by=by)
    else:
        _close(deposit, Ending.RENEWED, on=on, by=by)
        added = min(net, max(queries.lowest_free(member, since=on), 0)) if renewal == Renewal.RENEW_ALL else 0
        _renew(deposit, added, on=on, by=by)
    audit.record("term_deposit.ended", deposit, by=by, amount=deposit.amount, interest_amount=missing, on=on)
    notifications.term_ended(deposit)
    return True


def _renew(old: TermDeposit, added: int, *, on: datetime.date, by: User) -> None:
    member, amount = old.member, old.amount + added
    deposit = _new_term(member, term_rules(old.rules.months, on), amount, renewal=old.renewal, on=on, by=by, renews=old)
    lines = [
        debit(chart.TERM_SAVINGS, old.amount, member=member),
        *([debit(chart.VOLUNTARY_SAVINGS, added, member=member)] if added else []),
        credit(chart.TERM_SAVINGS, amount, member=member),
    ]
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"term:{deposit.pk}:renewed",
        memo=_("Term savings {number}: {member}").format(number=deposit, member=member),
        lines=lines,
        by=by,
    )
    _move(old, Kind.TERM, Direction.WITHDRAWAL, old.amount, entry)
    if added:
        _move(deposit, Kind.VOLUNTARY, Direction.WITHDRAWAL, added, entry)
    _move(deposit, Kind.TERM, Direction.DEPOSIT, amount, entry)
    audit.record("term_deposit.opened", deposit, by=by, amount=amount, months=old.rules.months, on=on)


# -- the steps they share --------------------------------------------------------------------------------------------


def term_rules(months: int, on: datetime.date) -> TermSavingsRules:
    rules = TermSavingsRules.objects.filter(months=months).current(on)
    if rules is None:
        raise SavingsRefused(
            _("No rules for a term of {months} months were in force on {day}.").format(months=months, day=day_of(on)),
            field="months",
        )
    return rules


def _new_term(member, rules, amount, *, renewal, on, by, renews=None) -> TermDeposit:
    return TermDeposit.objects.create(
        pk=sql.next_pk(TermDeposit),
        number=f"SB-{on.year}-{ledger.next_number('SB', on=on):04}",
        member=member,
        rules=rules,
        amount=amount,
        opened_on=on,
        matures_on=dates.add_months(on, rules.months),
        opened_by=by,
        renewal=renewal,
        renews=renews,
    )


def _repay(deposit: TermDeposit, *, channel: str, on: datetime.date, by: User) -> None:
    """Pay the principal less the penalty, into the voluntary savings or in cash."""
    member, paid_out = deposit.member, deposit.amount - deposit.penalty
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"term:{deposit.pk}:ended",
        memo=_("End of term savings {number}: {member}").format(number=deposit, member=member),
        lines=[
            debit(chart.TERM_SAVINGS, deposit.amount, member=member),
            _other_side(credit, member, channel, paid_out),
            *([credit(chart.PENALTIES, deposit.penalty, member=member)] if deposit.penalty else []),
        ],
        by=by,
    )
    receipt = None
    if Channel(channel).makes_receipt:
        purpose = _("End of term savings {number}").format(number=deposit)
        receipt = receipt_for(entry, member, purpose=purpose, amount=paid_out, by=by, direction="out")
    _move(deposit, Kind.TERM, Direction.WITHDRAWAL, paid_out, entry, receipt)
    if deposit.penalty:
        _move(deposit, Kind.TERM, Direction.WITHDRAWAL, deposit.penalty, entry, purpose=Movement.Purpose.PENALTY)
    if channel == Channel.SAVINGS:
        _move(deposit, Kind.VOLUNTARY, Direction.DEPOSIT, paid_out, entry)


def _other_side(side, member: Member, channel: str, amount: int):
    """The line of an entry that the money of a deposit comes from or goes to."""
    if channel == Channel.SAVINGS:
        return side(chart.VOLUNTARY_SAVINGS, amount, member=member)
    return side(account_of(channel), amount)


def _move(
    deposit: TermDeposit, kind, direction, amount: int, entry: Entry, receipt=None, purpose=Movement.Purpose.SAVING
) -> Movement:
    return Movement.objects.create(
        member=deposit.member,
        kind=kind,
        direction=direction,
        amount=amount,
        on=entry.date,
        entry=entry,
        receipt=receipt,
        purpose=purpose,
        term=deposit,
    )


def _close(deposit: TermDeposit, ending: str, *, on: datetime.date, by: User, penalty: int = 0) -> None:
    deposit.closed_on, deposit.closed_by, deposit.ending, deposit.penalty = on, by, ending, penalty
    deposit.save(update_fields=["closed_on", "closed_by", "ending", "penalty"])


def _open(deposit: TermDeposit) -> TermDeposit:
    """The deposit as it is now, the member's row locked first, or a refusal that says how it ended."""
    locked(deposit.member)
    deposit = _row(deposit)
    if deposit.closed_on:
        raise SavingsRefused(
            _("{number} has ended on {day}: {ending}.").format(
                number=deposit, day=day_of(deposit.closed_on), ending=deposit.get_ending_display()
            )
        )
    return deposit


def _row(deposit: TermDeposit) -> TermDeposit:
    rows = TermDeposit.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user", "rules")
    return rows.get(pk=deposit.pk)
