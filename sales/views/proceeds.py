"""What the member gets for goods the cooperative sold, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.http import require
from core.money import format_percent, format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from ledger.channels import PAYING, RECEIVING, Channel
from orders.views.common import below_order
from sales import services
from sales.forms import ProceedsForm
from sales.models import ProceedsPayment
from sales.views.common import invoice_or_404, receipt_or_order, reverse_page
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting


@require(Permission.SETTLEMENT_PAY)
def pay_proceeds(request, pk):
    """The member gets what is owed, or pays back what came back; the amount stands there already."""
    found = invoice_or_404(request, pk)
    order, owed = found.order, found.member_open
    methods = [*PAYING, Channel.SAVINGS] if owed > 0 else RECEIVING
    text = _("Goods of invoice {number} came back after {member} was paid. Receive this back.")
    if owed >= 0:
        text = _(
            "{member} made the goods of invoice {number}, which the cooperative sold: pay it out against a receipt, "
            "or put it into voluntary savings."
        )
    facts = [(_("Invoiced"), format_rupiah(found.amount))]
    if found.credited:
        facts.append((_("Goods came back"), f"− {format_rupiah(found.credited)}"))
    facts.append((_("The cooperative keeps"), format_percent(order.kept_bp)))
    if found.open >= 0:
        facts.append((_("The buyer still owes"), format_rupiah(found.open)))
    initial = {"amount": abs(owed) or None}
    return form_page(
        request,
        ProceedsForm(request.POST or None, methods=methods, initial=initial),
        services.pay_proceeds,
        found,
        by=request.user,
        page=FormPage(
            title=_("The member's money"),
            action=_("Record"),
            crumbs=below_order(order),
            lead=text.format(number=found.number, member=order.member.name),
            amount=abs(owed),
            facts=facts,
            unavailable=unless_waiting(PaymentKind.PROCEEDS, found.pk),
        ),
        **paid_or_waits(
            done=lambda paid: _("{amount} is recorded.").format(amount=format_rupiah(paid.amount)),
            to=receipt_or_order(request, order),
        ),
    )


@require(Permission.SETTLEMENT_PAY)
def reverse_proceeds(request, pk):
    rows = ProceedsPayment.objects.visible_to(request.user).select_related("invoice__order__member")
    found = get_object_or_404(rows, pk=pk)
    order = found.invoice.order
    return reverse_page(
        request,
        services.reverse_proceeds,
        found,
        order,
        title=_("Reverse the payment to {member}").format(member=order.member.name),
        text=_(
            "It is undone in the books and in the savings, and can then be done again. Somebody else than who paid "
            "must do this."
        ),
        amount=found.amount,
        done=_("The payment is reversed. What is owed can be paid anew."),
    )
