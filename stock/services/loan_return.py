"""What comes back: in kind, or in money at the price agreed, directly or at the treasurer's."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission, Role
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from pricing.models import Unit
from savings import services as savings
from savings.models import Movement
from stock.arithmetic.loan import worth
from stock.errors import StockRefused
from stock.models import StockLoan, StockMovement, StockReturn
from stock.notifications import counted, named
from stock.services.common import act_for
from stock.services.loan import locked_loan, refuse_own_record, require_waiting, tell_moved_dates, url_of
from stock.services.movement import in_base, move, refuse_more_than_held

Way = StockReturn.Way


@transaction.atomic
def give_back(
    loan: StockLoan, *, quantity: Decimal, unit: Unit | None = None, way: str, on: datetime.date, by: User
) -> StockReturn:
    """Write down what comes back, all or part; it counts when the other side has looked at it.

    In money it is the agreed price. Raises StockRefused for more than is still out, for another unit, and for goods
    that the borrower does not hold.
    """
    loan = locked_loan(loan)
    if loan.confirmed_on is None:
        raise StockRefused(_("This was never handed over. Confirm the handing over first."))
    side = loan.lender if by.pk == loan.lender.user_id else loan.borrower
    act_for(side, by)
    if on < loan.handed_on:
        raise StockRefused(_("It cannot come back before it was handed over."), field="on")
    quantity = in_base(loan.item, quantity, unit)
    open_now = _still_out(loan)
    if quantity > open_now:
        raise StockRefused(
            _("{open} are still out. Enter that much or less.").format(open=counted(open_now, loan.item)),
            field="quantity",
        )
    if way == Way.GOODS:
        refuse_more_than_held(loan.borrower, loan.item, quantity, on=on)
    back = StockReturn.objects.create(
        loan=loan,
        way=way,
        quantity=quantity,
        amount=None if way == Way.GOODS else worth(quantity, loan.price),
        on=on,
        recorded_on=on,
        recorded_by=by,
        recorded_for=side,
    )
    audit.record(
        "stock_return.recorded", loan, by=by, quantity=_words(back), amount=back.amount, way=back.get_way_display()
    )
    if way == Way.SAVINGS:
        treasurers = User.objects.filter(role=Role.TREASURER, is_active=True)
        text = _("{member} wants to pay for {what} at the cooperative.").format(member=side.name, what=_words(back))
        for treasurer in treasurers:
            tell(treasurer, text, url=url_of(loan))
    else:
        other = loan.other_side(side.pk)
        tell(
            other.user,
            _("{member} records that {what} came back. Look at it and confirm.").format(
                member=side.name, what=_words(back)
            ),
            url=url_of(loan),
        )
    return back


def _still_out(loan: StockLoan) -> Decimal:
    """What is out and not on its way back, of a loan that is locked."""
    row = StockLoan.objects.counted().get(pk=loan.pk)
    return row.out - row.on_its_way


@transaction.atomic
def confirm_return(back: StockReturn, *, channel: str = Channel.CASH, on: datetime.date, by: User) -> StockReturn:
    """The other side has it, and in kind it is of the same quality; or the treasurer has the money, by `channel`.

    Raises StockRefused for the side that wrote it down, and for a treasurer who is one of the two.
    """
    loan, back = _locked(back)
    if on < back.on:
        raise StockRefused(_("It cannot be confirmed before it came back."), field="on")
    if back.way == Way.SAVINGS:
        _require_neutral(loan, by)
        back.channel = str(Channel(channel).value)
        back.entry, back.savings = _into_savings(back, loan, account_of(channel), on, by)
    else:
        act_for(loan.other_side(back.recorded_for_id), by)
        if back.way == Way.GOODS:
            back.movement = move(
                loan.borrower,
                loan.lender,
                item=loan.item,
                quantity=back.quantity,
                kind=StockMovement.Kind.RETURNED,
                on=back.on,
            )
    refuse_own_record(back, by)
    back.confirmed_on, back.confirmed_by = on, by
    back.save(update_fields=["movement", "channel", "entry", "savings", "confirmed_on", "confirmed_by"])
    audit.record("stock_return.confirmed", loan, by=by, quantity=_words(back), amount=back.amount)
    for side in (loan.lender, loan.borrower):
        if side.user_id != by.pk:
            tell(side.user, _("Confirmed: {what} came back.").format(what=_words(back)), url=url_of(loan))
    tell_moved_dates(on=on, lender=loan.lender)
    return back


@transaction.atomic
def decline_return(back: StockReturn, *, reason: str, on: datetime.date, by: User) -> StockReturn:
    """Not so: another quality, less than written, or the money is not there. The loan stays out; the reason is kept."""
    loan, back = _locked(back)
    if by.pk not in (loan.lender.user_id, loan.borrower.user_id):
        act_for(loan.lender, by)
    back.declined_on, back.declined_by, back.decline_reason = on, by, reason.strip()
    back.save(update_fields=["declined_on", "declined_by", "decline_reason"])
    audit.record("stock_return.declined", loan, by=by, quantity=_words(back), reason=reason)
    for side in (loan.lender, loan.borrower):
        if side.user_id != by.pk:
            text = _("Not confirmed: {what}. {reason}").format(what=_words(back), reason=reason)
            tell(side.user, text, url=url_of(loan))
    return back


@transaction.atomic
def reverse_return(back: StockReturn, *, reason: str, on: datetime.date, by: User) -> StockReturn:
    """Undo money that was received wrongly for lent material, the lender's savings with it; the loan is out again.

    By another officer than the one who received it. What was not posted is not undone: the goods are lent anew.
    """
    loan = locked_loan(StockLoan(pk=back.loan_id))
    back = StockReturn.objects.select_for_update(no_key=True, of=["self"]).select_related("entry", "savings").get(
        pk=back.pk
    )  # fmt: skip
    back.loan = loan
    if back.entry is None:
        raise StockRefused(_("Nothing was posted for this, so there is nothing to reverse. Record a new loan."))
    _require_neutral(loan, by)
    columns = back.mark_reversed(on=on, by=by, reason=reason, refused=StockRefused)
    savings.reverse(back.savings, on=on, reason=back.reversal_reason, by=by)
    ledger.reverse(back.entry, on=on, reason=back.reversal_reason, by=by)
    back.save(update_fields=columns)
    audit.record("stock_return.reversed", loan, by=by, quantity=_words(back), reason=back.reversal_reason)
    text = _("Reversed: {what} is out again. {reason}").format(what=_words(back), reason=back.reversal_reason)
    for side in (loan.lender, loan.borrower):
        tell(side.user, text, url=url_of(loan))
    tell_moved_dates(on=on, lender=loan.lender)
    return back


# -- the entries: docs/accounting.md -----------------------------------------------------------------------------------


def _into_savings(back: StockReturn, loan: StockLoan, account: str, on: datetime.date, by: User):
    """Money from the borrower; the general unit owes the savings unit, and the savings unit the lender."""
    entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=f"lending:{back.pk}:paid",
        memo=_("{borrower} pays {quantity} of {lender}").format(
            borrower=loan.borrower.name, quantity=_words(back), lender=loan.lender.name
        ),
        lines=[ledger.debit(account, back.amount), ledger.credit(chart.INTER_UNIT, back.amount)],
        by=by,
    )
    ledger.issue_receipt(
        entry,
        party=loan.borrower.name,
        member=loan.borrower,
        purpose=_("Paid to {lender}: {quantity}").format(lender=loan.lender.name, quantity=_words(back)),
        amount=back.amount,
        direction=Receipt.Direction.IN,
        by=by,
    )
    saved = savings.deposit(
        loan.lender, kind=Movement.Kind.VOLUNTARY, amount=back.amount, on=on, by=by, against=chart.INTER_UNIT
    )
    return entry, saved


def _require_neutral(loan: StockLoan, by: User) -> None:
    if not by.can(Permission.STOCK_PAY):
        raise StockRefused(_("The treasurer receives this money. Ask the treasurer."))
    if by.pk in (loan.lender.user_id, loan.borrower.user_id):
        raise StockRefused(_("You are one side of this loan. Another officer must handle the money."))


def _words(back: StockReturn) -> str:
    """`20 kaki persegi (SF) Kulit sapi`, or with its money `… (Rp 600.000)`."""
    words = named(back.quantity, back.loan.item)
    return words if back.amount is None else f"{words} ({format_rupiah(back.amount)})"


def _locked(back: StockReturn) -> tuple[StockLoan, StockReturn]:
    """The loan first, as everybody locks it, then its return."""
    loan = locked_loan(StockLoan(pk=back.loan_id))
    back = StockReturn.objects.select_for_update(no_key=True).get(pk=back.pk)
    back.loan = loan
    require_waiting(back)
    return loan, back
