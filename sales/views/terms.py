"""Under which terms an order is sold, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import require, submit
from core.permissions import Permission
from orders.models import Order
from sales import services
from sales.forms import SaleTermsForm
from sales.models import SellingRules


@require(Permission.ORDER_TAKE)
def terms(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("partner", "member"), pk=pk)
    initial = {name: getattr(order, name) for name in ("seller", "deposit_asked", "terms_days")}
    form = SaleTermsForm(request.POST or None, initial=initial)
    if form.is_valid() and submit(form, services.set_terms, order, by=request.user, **form.facts):
        messages.success(request, _("The terms are written down."))
        return redirect("orders:detail", pk)
    return render(
        request,
        "sales/terms.html",
        {"form": form, "order": order, "kept_bp": SellingRules.at(order.ordered_on).kept_bp},
    )
