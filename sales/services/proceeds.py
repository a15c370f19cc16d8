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
from ledger.channels import RECEIVING, Channel, account_of
from ledger.models import Receipt
from ledger.models import Unit as Books
from orders.models import Order
from orders.services.common import order_page
from sales.models import Invoice, ProceedsPayment
from sales.services.common import undo
from savings import services as savings
from savings.models import Movement
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay


@transaction.atomic
def pay_proceeds(
    invoice: Invoice, *, amount: int, method: str, on: datetime.date, by: User
) -> ProceedsPayment | PaymentRequest:
    """The member gets what is owed for goods the cooperative sold, all or a part, as `method` says.

    What leaves in cash or from a bank account waits for a second approval where the rules ask for one. Where goods
    came back after it was paid, the member pays the rest back. Raises Refused for more than is owed, a day before the
    invoice, and for the member who is paid.
    """
    order = _locked(invoice.order, by)
    invoice, owed = _owed(invoice, amount, on)
    if owed < 0 or method == Channel.SAVINGS:
        return _record(invoice, amount, method, is_back=owed < 0, on=on, by=by)
    return pay(
        PaymentKind.PROCEEDS,
        amount=amount,
        channel=method,
        payee=order.member.name,
        purpose=_purpose(order),
        about=invoice.pk,
        parties=[order.member.user],
        on=on,
        by=by,
        invoice=invoice.pk,
    )


@transaction.atomic
def post_proceeds(*, invoice: int, amount: int, channel: str, on: datetime.date, by: User, **_told) -> ProceedsPayment:
    """Pay the member for goods that the cooperative sold: the hook `payments.proceeds`."""
    found = Invoice.objects.select_related("order").get(pk=invoice)
    _locked(found.order, by)
    found, owed = _owed(found, amount, on)
    if owed < 0:
        raise Refused(_("Goods came back meanwhile, so nothing is owed to {member}.").format(member=found.order.member))
    return _record(found, amount, channel, is_back=False, on=on, by=by)


def _owed(invoice: Invoice, amount: int, on: datetime.date) -> tuple[Invoice, int]:
    """The invoice and what is owed on it, below zero where the member pays back. Raises Refused for more than that."""
    invoice = (
        Invoice.objects.counted(as_of=datetime.date.max)
        .select_related("order__member__user", "order__partner")
        .get(pk=invoice.pk)
    )
    member = invoice.order.member
    owed = 0 if invoice.reversed_on else invoice.member_open
    if not owed:
        raise Refused(_("Nothing is open between {member} and the cooperative here.").format(member=member))
    if amount > abs(owed):
        raise Refused(
            _("{open} is outstanding. Enter that much or less.").format(open=format_rupiah(abs(owed))), field="amount"
        )
    if on < invoice.issued_on:
        raise Refused(_("It cannot be paid before the invoice. Choose a later day."), field="on")
    return invoice, owed


def _record(
    invoice: Invoice, amount: int, method: str, *, is_back: bool, on: datetime.date, by: User
) -> ProceedsPayment:
    order = invoice.order
    if is_back and method not in RECEIVING:
        raise Refused(_("Money that is paid back does not come out of savings. Choose another way."), field="method")
    paid = ProceedsPayment(
        pk=sql.next_pk(ProceedsPayment),
        invoice=invoice,
        amount=amount,
        is_back=is_back,
        method=str(Channel(method).value),
        paid_on=on,
        paid_by=by,
    )
    _post(paid, order, chart.INTER_UNIT if method == Channel.SAVINGS else account_of(method), by)
    paid.save(force_insert=True)
    words = {"number": invoice.number, "amount": format_rupiah(amount)}
    audit.record("proceeds.back" if is_back else "proceeds.paid", order, by=by, method=paid.method, **words)
    text = _("You have {amount} for {number}, which the cooperative sold.")
    if method == Channel.SAVINGS:
        text = _("{amount} for {number}, which the cooperative sold, went into your voluntary savings.")
    if is_back:
        text = _("You have paid {amount} back for goods of {number} that came back.")
    tell(order.member.user, text.format(**words), url=order_page(order))
    return paid


@transaction.atomic
def reverse_proceeds(paid: ProceedsPayment, *, reason: str, on: datetime.date, by: User) -> ProceedsPayment:
    """Undo a wrong payment to the member, savings with it; it can then be paid anew. Never by who paid it."""
    order = _locked(paid.invoice.order, by)

    def out_of_savings(row: ProceedsPayment) -> None:
        if row.savings:
            savings.reverse(row.savings, on=on, reason=row.reversal_reason, by=by)

    words = {"amount": format_rupiah(paid.amount)}
    facts = {"reason": reason, "on": on, "by": by} | words
    paid = undo(paid, order, "proceeds.reversed", unless=out_of_savings, **facts)
    text = _("A payment of {amount} was reversed: {reason}").format(reason=paid.reversal_reason, **words)
    tell(order.member.user, text, url=order_page(order))
    return paid


def _purpose(order: Order) -> str:
    return _("Goods of order {order}, sold by the cooperative").format(order=order)


def _post(paid: ProceedsPayment, order: Order, other: str, by: User) -> None:
    """The debt to the member goes down; money goes out, or the general unit owes the savings unit (1901 mirrors)."""
    member, invoice = order.member, paid.invoice
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
        purpose=_purpose(order),
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
