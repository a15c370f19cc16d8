"""What the buyer pays, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders.views.common import below_order
from sales import queries, services
from sales.forms import BuyerPaymentForm
from sales.models import BuyerPayment
from sales.views.common import invoice_or_404, order_or_404, receipt_or_order, reverse_page, says_who_books
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting


@require(Permission.ORDER_TAKE)
def deposit(request, pk):
    order = order_or_404(request, pk)
    so_far = queries.account(order, as_of=today()).deposits
    text = _("{partner} pays a deposit: agreed {asked}, received so far {so_far}. The invoice takes it off.").format(
        partner=order.partner, asked=format_rupiah(order.deposit_asked), so_far=format_rupiah(so_far)
    )
    return _paid_page(request, services.receive_deposit, order, order, max(order.deposit_asked - so_far, 0), text)


@require(Permission.ORDER_TAKE)
def give_back(request, pk):
    order = order_or_404(request, pk)
    free = queries.account(order, as_of=today()).deposit_free
    text = _("{partner} gets back what no invoice needs: {free} at most.").format(
        partner=order.partner, free=format_rupiah(free)
    )
    return _paid_page(request, services.give_back_deposit, order, order, free, text, goes_out=True)


@require(Permission.ORDER_TAKE)
def pay_invoice(request, pk):
    found = invoice_or_404(request, pk)
    text = _("{partner} pays on invoice {number}; {open} is open.").format(
        partner=found.order.partner, number=found.number, open=format_rupiah(found.open)
    )
    return _paid_page(request, services.receive_payment, found, found.order, found.open, text)


@require(Permission.ORDER_TAKE)
def give_money_back(request, pk):
    found = invoice_or_404(request, pk)
    too_much = max(-found.open, 0)
    text = _(
        "{partner} has paid {too_much} more on invoice {number} than is owed since goods came back. Give that back."
    ).format(partner=found.order.partner, number=found.number, too_much=format_rupiah(too_much))
    return _paid_page(request, services.give_money_back, found, found.order, too_much, text, goes_out=True)


def _paid_page(request, service, subject, order, amount, text, *, goes_out=False):
    about = f"{order.pk}:{'' if subject is order else subject.pk}"
    return form_page(
        request,
        BuyerPaymentForm(request.POST or None, order=order, goes_out=goes_out, initial={"amount": amount or None}),
        service,
        subject,
        by=request.user,
        page=lambda: FormPage(
            title=_("Money of the buyer"),
            action=_("Record"),
            crumbs=below_order(order),
            lead=f"{text} {says_who_books(order)}",
            unavailable=unless_waiting(PaymentKind.BUYER, about) if goes_out else None,
        ),
        **paid_or_waits(
            done=lambda paid: _("{amount} is recorded.").format(amount=format_rupiah(paid.amount)),
            to=receipt_or_order(request, order),
        ),
    )


@require(Permission.ORDER_TAKE)
def reverse_payment(request, pk):
    rows = BuyerPayment.objects.visible_to(request.user).select_related("order__partner", "order__member", "invoice")
    found = get_object_or_404(rows, pk=pk)
    text = _("The payment of {partner} on {day} is undone. Somebody else than who recorded it must do this.")
    return reverse_page(
        request,
        services.reverse_payment,
        found,
        found.order,
        title=_("Reverse the payment"),
        text=text.format(partner=found.order.partner, day=date_format(found.paid_on, "j F Y")),
        amount=found.amount,
        done=_("The payment is reversed."),
    )
