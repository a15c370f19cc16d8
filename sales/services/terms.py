"""Under which terms an order is sold."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from orders import queries as orders
from orders.services.common import locked_open_order
from sales.models import SellingRules


@transaction.atomic
def set_terms(order, *, seller: str, deposit_asked: int, terms_days: int, by: User):
    """Who sells, the deposit agreed and the days to pay; where the cooperative sells, it keeps what the rules of the

    day of the order say. Raises Refused once money or an invoice is there."""
    order = locked_open_order(order, by=by)
    if order.invoices.exists() or order.payments.exists():
        raise Refused(
            _(
                "There is an invoice or a payment already, so the terms stay. Where they are wrong, cancel the order "
                "and write it down anew."
            )
        )
    if deposit_asked > orders.amount(order):
        raise Refused(_("The deposit is more than the whole order. Write less."), field="deposit_asked")
    order.seller, order.deposit_asked, order.terms_days = seller, deposit_asked, terms_days
    order.kept_bp = SellingRules.objects.current(order.ordered_on).kept_bp if order.is_sold_by_cooperative else 0
    order.save(update_fields=["seller", "deposit_asked", "terms_days", "kept_bp"])
    audit.record("sale.terms", order, by=by, seller=order.get_seller_display(), amount=deposit_asked, days=terms_days)
    return order
