"""What the member gets for goods that the cooperative sold. The claim arises with the invoice; here it is paid."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders.models import Order
from orders.services.common import order_page
from sales.models import Invoice, ProceedsPayment
from savings import services as savings
from savings.models import Movement


@transaction.atomic
def pay_proceeds(invoice: Invoice, *, amount: int, method: str, on: datetime.date, by: User) -> ProceedsPayment:
    """The member gets what is owed for goods the cooperative sold, all or a part, in cash or into the savings.

    Where goods came back after it was paid, the member pays the rest back in cash. Raises Refused for more than
    is owed, a day before the invoice, and for the member who is paid.
    """
    order = _locked(invoice.order, by)
    invoice = Invoice.objects.counted(as_of=datetime.date.max).get(pk=invoice.pk)
    owed = 0 if invoice.reversed_on else invoice.member_open
    if not owed:
        raise Refused(_("Nothing is open between {member} and the cooperative here.").format(member=order.member))
    if amount > abs(owed):
        raise Refused(
            _("{open} is outstanding. Enter that much or less.").format(open=format_rupiah(abs(owed))), field="amount"
        )
    if on < invoice.issued_on:
        raise Refused(_("It cannot be paid before the invoice. Choose a later day."), field="on")
    if owed < 0 and method != Channel.CASH:
        raise Refused(_("What is paid back comes in cash. Choose cash."), field="method")
    paid = ProceedsPayment(
        pk=sql.next_pk(ProceedsPayment),
        invoice=invoice,
        amount=amount,
        is_back=owed < 0,
        method=method,
        paid_on=on,
        paid_by=by,
    )
    _post(paid, order, by)
    paid.save(force_insert=True)
    words = {"number": invoice.number, "amount": format_rupiah(amount)}
    audit.record("proceeds.back" if paid.is_back else "proceeds.paid", order, by=by, method=method, **words)
    text = _("You have {amount} for {number}, which the cooperative sold.")
    if method == Channel.SAVINGS:
        text = _("{amount} for {number}, which the cooperative sold, went into your voluntary savings.")
    if paid.is_back:
        text = _("You have paid {amount} back for goods of {number} that came back.")
    tell(order.member.user, text.format(**words), url=order_page(order))
    return paid


@transaction.atomic
def reverse_proceeds(paid: ProceedsPayment, *, reason: str, on: datetime.date, by: User) -> ProceedsPayment:
    """Undo a wrong payment to the member, savings with it; it can then be paid anew. Never by who paid it."""
    order = _locked(paid.invoice.order, by)
    paid = ProceedsPayment.objects.select_for_update(no_key=True, of=["self"]).select_related("entry", "savings").get(
        pk=paid.pk
    )  # fmt: skip
    columns = paid.mark_reversed(on=on, by=by, reason=reason)
    if paid.savings:
        savings.reverse(paid.savings, on=on, reason=reason, by=by)
    ledger.reverse(paid.entry, on=on, reason=reason, by=by)
    paid.save(update_fields=columns)
    words = {"amount": format_rupiah(paid.amount), "reason": reason}
    audit.record("proceeds.reversed", order, by=by, **words)
    tell(order.member.user, _("A payment of {amount} was reversed: {reason}").format(**words), url=order_page(order))
    return paid


def _post(paid: ProceedsPayment, order: Order, by: User) -> None:
    """The debt to the member goes down; cash goes out, or the general unit owes the savings unit (1901 mirrors)."""
    member, invoice = order.member, paid.invoice
    other = chart.INTER_UNIT if paid.method == Channel.SAVINGS else chart.CASH
    lines = [
        ledger.debit(chart.MEMBER_SALES_PAYABLE, paid.amount, member=member),
        ledger.credit(other, paid.amount),
    ]
    if paid.is_back:
        lines = [
            ledger.debit(other, paid.amount),
            ledger.credit(chart.MEMBER_SALES_PAYABLE, paid.amount, member=member),
        ]
    paid.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=paid.paid_on,
        reference=f"proceeds:{paid.pk}:paid",
        memo=_("{invoice}: {member}, order {order}").format(invoice=invoice, member=member.name, order=order),
        lines=lines,
        by=by,
    )
    if paid.method == Channel.SAVINGS:
        paid.savings = savings.deposit(
            member,
            kind=Movement.Kind.VOLUNTARY,
            amount=paid.amount,
            on=paid.paid_on,
            by=by,
            against=chart.INTER_UNIT,
        )
        return
    paid.receipt = ledger.issue_receipt(
        paid.entry,
        party=member.name,
        member=member,
        purpose=_("Goods of order {order}, sold by the cooperative").format(order=order),
        amount=paid.amount,
        direction=Receipt.Direction.IN if paid.is_back else Receipt.Direction.OUT,
        by=by,
    )


def _locked(order: Order, by: User) -> Order:
    """The order, locked, for an officer who handles money and is not the member who gets it."""
    order = (
        Order.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "partner")
        .get(pk=order.pk)
    )
    if not by.can(Permission.SETTLEMENT_PAY):
        raise Refused(_("The treasurer receives and pays out this money. Ask the treasurer."))
    if by.pk == order.member.user_id:
        raise Refused(_("This money is your own. Another officer must handle it."))
    return order
