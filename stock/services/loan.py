"""Handing material or goods to a neighbour: one side writes it down, the other confirms."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from core.notices import tell
from members.models import Member
from pricing.models import Item, Unit
from pricing.queries import price as list_price
from stock import queries
from stock.errors import StockRefused
from stock.models import StockLoan, StockMovement, ToldDate, TwoSided
from stock.notifications import counted, named, sides
from stock.services.common import act_for, require_member
from stock.services.movement import in_base, move, refuse_more_than_held


@transaction.atomic
def lend(
    lender: Member,
    borrower: Member,
    *,
    item: Item,
    quantity: Decimal,
    unit: Unit | None = None,
    price: int | None = None,
    agreed: str = StockLoan.Settled.KIND,
    due_on: datetime.date | None = None,
    note: str = "",
    handed_on: datetime.date,
    on: datetime.date,
    by: User,
) -> StockLoan:
    """Write down what `lender` hands to `borrower`; it counts when the other side confirms.

    Without `price` it is the agreed list price of the day. Finished goods need the day on which they are paid or come
    back; for material that day is worked out. Raises StockRefused for more than the lender holds, the same workshop,
    another unit, nothing, and for an item without a price.
    """
    side = lender if by.pk == lender.user_id or by.pk != borrower.user_id else borrower
    act_for(side, by)
    if lender.pk == borrower.pk:
        raise StockRefused(_("Choose another member: giver and taker are the same workshop."))
    for member in (lender, borrower):
        require_member(member, on=handed_on)
    quantity = in_base(item, quantity, unit)
    if item.kind == Item.Kind.MATERIAL:
        queries.rules(as_of=on)  # or nobody could say when it must be back
        due_on = None
    elif due_on is None or due_on < handed_on:
        raise StockRefused(_("Agree on a day on which the goods are paid for or come back."), field="due_on")
    refuse_more_than_held(lender, item, quantity, on=handed_on)
    loan = StockLoan.objects.create(
        lender=lender,
        borrower=borrower,
        item=item,
        quantity=quantity,
        price=price or _list_price(item, handed_on),
        agreed=agreed,
        due_on=due_on,
        note=note.strip(),
        handed_on=handed_on,
        recorded_on=on,
        recorded_by=by,
        recorded_for=side,
    )
    words = named(quantity, item)
    audit.record(
        "stock_loan.recorded", loan, by=by, lender=lender.name, borrower=borrower.name, quantity=words, price=loan.price
    )
    sentence = (
        _("{member} hands you {quantity}. Confirm when you have it.")
        if side == lender
        else _("{member} records that you lend {quantity}. Confirm it.")
    )
    tell(loan.other_side(side.pk).user, sentence.format(member=side.name, quantity=words), url=url_of(loan))
    return loan


def _list_price(item: Item, on: datetime.date) -> int:
    listed = list_price(item, as_of=on)
    if listed is None:
        raise StockRefused(
            _("{item} is on no price list. Agree on a price, in case it is paid instead of given back.").format(
                item=item
            ),
            field="price",
        )
    return listed.amount


@transaction.atomic
def confirm(loan: StockLoan, *, on: datetime.date, by: User) -> StockLoan:
    """The other side says: so it is. The material changes workshops, and both are told when it must be back.

    Raises StockRefused for the side that wrote it down, and where the lender has not so much any more.
    """
    loan = locked_loan(loan)
    require_waiting(loan)
    act_for(loan.other_side(loan.recorded_for_id), by)
    refuse_own_record(loan, by)
    if on < loan.handed_on:
        raise StockRefused(_("It cannot be confirmed before it was handed over."), field="on")
    loan.movement = move(
        loan.lender,
        loan.borrower,
        item=loan.item,
        quantity=loan.quantity,
        kind=StockMovement.Kind.LENT,
        on=loan.handed_on,
    )
    loan.confirmed_on, loan.confirmed_by = on, by
    loan.save(update_fields=["movement", "confirmed_on", "confirmed_by"])
    audit.record("stock_loan.confirmed", loan, by=by)
    tell(
        loan.recorded_for.user,
        _("{member} confirms: {quantity}.").format(
            member=loan.other_side(loan.recorded_for_id).name,
            quantity=named(loan.quantity, loan.item),
        ),
        url=url_of(loan),
    )
    tell_moved_dates(on=on, lender=loan.lender)
    return loan


@transaction.atomic
def decline(loan: StockLoan, *, reason: str = "", on: datetime.date, by: User) -> StockLoan:
    """Either side takes back what was recorded and not confirmed: nothing was handed over."""
    loan = locked_loan(loan)
    require_waiting(loan)
    if by.pk not in (loan.lender.user_id, loan.borrower.user_id):
        act_for(loan.recorded_for, by)
    loan.declined_on, loan.declined_by, loan.decline_reason = on, by, reason.strip()
    loan.save(update_fields=["declined_on", "declined_by", "decline_reason"])
    audit.record("stock_loan.declined", loan, by=by, reason=reason)
    for side in (loan.lender, loan.borrower):
        if side.user_id != by.pk:
            tell(side.user, _("Not handed over: {loan}.").format(loan=loan), url=url_of(loan))
    return loan


# -- when it must be back ----------------------------------------------------------------------------------------------


@transaction.atomic
def tell_moved_dates(*, on: datetime.date, lender: Member | None = None) -> int:
    """Tell both sides of every loan of material whose day of return has moved since they were last told; how many.

    Called when an order is taken, handed over or cancelled, and once a day; safe to run twice.
    """
    loans = StockLoan.objects.running(as_of=on).filter(due_on=None)
    if lender:
        loans = loans.filter(lender=lender)
    locked = [loan.pk for loan in loans.select_for_update(no_key=True, of=["self"])]
    last = ToldDate.objects.filter(loan__in=loans.values("pk")).order_by("loan", "-pk").distinct("loan")
    told = {one.loan_id: one for one in last}
    moved = 0
    for row in queries.outlooks(StockLoan.objects.running(as_of=on).filter(pk__in=locked), as_of=on):
        before = told.get(row.loan.pk)
        because = row.need.label if row.need else ""
        if before and (before.return_on, before.because) == (row.return_on, because):
            continue
        ToldDate.objects.create(loan=row.loan, return_on=row.return_on, because=because, told_on=on)
        _tell_date(row, before)
        moved += 1
    return moved


def _tell_date(row, told: ToldDate | None) -> None:
    loan = row.loan
    words = sides(loan, row.out) | {"day": long_date(row.return_on), "why": row.why}
    if told is None:
        text = _("Give {quantity} back to {lender} by {day}: {why}.")
    elif row.return_on < told.return_on:
        text = _("{lender} needs {quantity} earlier, by {day}: {why}.")
    else:
        text = _("{quantity} must be back with {lender} by {day}: {why}.")
    tell(loan.borrower.user, text.format(**words), url=url_of(loan))
    if row.missing:
        text = _(
            "{borrower} will lack {missing} when {quantity} must be back on {day}. Talk to each other now."
        ).format(missing=counted(row.missing, loan.item), **words)
        for side in (loan.lender, loan.borrower):
            tell(side.user, text.format(**words), url=url_of(loan))


# -- shared with the returns -------------------------------------------------------------------------------------------


def locked_loan(loan: StockLoan) -> StockLoan:
    rows = StockLoan.objects.select_for_update(no_key=True, of=["self"])
    return rows.select_related("lender__user", "borrower__user", "recorded_for__user", "item__base_unit").get(
        pk=loan.pk
    )


def require_waiting(record: TwoSided) -> None:
    if record.confirmed_on:
        raise StockRefused(_("This was confirmed already."))
    if record.declined_on:
        raise StockRefused(_("This was taken back meanwhile. Record it again."))


def refuse_own_record(record: TwoSided, by: User) -> None:
    if by.pk == record.recorded_by_id:
        raise StockRefused(_("You recorded it. The other side confirms."))


def url_of(loan: StockLoan) -> str:
    return reverse("stock:loan", args=[loan.pk])
