"""Under which terms an order is sold, in the browser."""

from django.utils.translation import gettext as _

from core.http import require
from core.money import format_percent
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders.views.common import below_order
from sales import services
from sales.forms import SaleTermsForm
from sales.models import SellingRules
from sales.views.common import order_or_404


@require(Permission.ORDER_TAKE)
def terms(request, pk):
    order = order_or_404(request, pk)
    agreed = _("What was agreed with {partner}. Once an invoice or a payment is there, it stays as it is.")
    kept = _(
        "Where the cooperative sells, it keeps {kept} of the price under the rules of selling, and the member gets the "
        "rest."
    )
    kept_bp = SellingRules.objects.current(order.ordered_on).kept_bp
    return form_page(
        request,
        SaleTermsForm(
            request.POST or None,
            initial={name: getattr(order, name) for name in ("seller", "deposit_asked", "terms_days")},
        ),
        services.set_terms,
        order,
        by=request.user,
        page=FormPage(
            title=_("Who sells, deposit, days to pay"),
            action=_("Save"),
            crumbs=below_order(order),
            lead=f"{agreed.format(partner=order.partner)} {kept.format(kept=format_percent(kept_bp))}",
        ),
        done=_("The terms are recorded."),
    )
