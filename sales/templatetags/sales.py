"""What pages of the orders show of the sales, the room above: a template may name a tag that Python may not import."""

from django import template

from core.dates import today
from core.permissions import Permission
from sales import queries
from sales.models import Invoice, ProceedsPayment
from sales.views.common import may_sell

register = template.Library()


@register.inclusion_tag("sales/sale.html", takes_context=True)
def sale_of(context, order):
    """To the buyer and back: delivery notes, returns, invoices, payments and the member's money of an order."""
    user, on = context["user"], today()
    lines = list(queries.lines(order))
    return {
        "order": order,
        "user": user,
        "may": context["may"],
        "may_act": context["may_act"],
        "may_sell": may_sell(user, order),
        "pays_member": user.can(Permission.SETTLEMENT_PAY) and order.member.user_id != user.pk,
        "can_invoice": any(line.to_invoice > 0 for line in lines),
        "can_return": any(line.shipped > line.returned for line in lines),
        "account": queries.account(order, as_of=on),
        "shipments": order.shipments.order_by("pk"),
        "returns": order.returns.select_related("invoice").order_by("pk"),
        "invoices": order.invoices.counted(as_of=on).order_by("pk"),
        "payments": order.payments.select_related("invoice").order_by("pk"),
        "proceeds": ProceedsPayment.objects.filter(invoice__order=order).select_related("invoice").order_by("pk"),
        "as_of": on,
    }


@register.inclusion_tag("sales/open_proceeds.html", takes_context=True)
def open_proceeds(context):
    """What is open between the cooperative and the members whose goods it sold."""
    sold = Invoice.objects.filter(order__seller="cooperative")
    return {"user": context["user"], "sold": queries.proceeds(sold, as_of=today())}
