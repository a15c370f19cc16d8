"""What an order should look like, how far it is, and under which terms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import require, show, submit
from core.permissions import Permission
from orders import queries, services
from orders.forms import ProgressForm, SaleTermsForm, SpecificationForm
from orders.models import LinePhoto, Order, OrderLine, SellingRules


def _line_or_404(request, pk):
    rows = OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("order__member", "order__partner", "item__base_unit"), pk=pk)


@require(Permission.ORDER_TAKE)
def specify(request, pk):
    line = _line_or_404(request, pk)
    initial = {"specification": line.specification}
    form = SpecificationForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and submit(form, services.specify, line, by=request.user, **form.facts):
        messages.success(request, _("It is written down. One more photo? Add it here."))
        return redirect("orders:specify", pk)
    context = {"form": form, "line": line, "order": line.order, "photos": line.photos.all()}
    return render(request, "orders/specify.html", context)


@require(Permission.ORDER_LIST)
def photo(request, pk):
    """A photo of an order line, for whoever may see the order, or its offer on the board."""
    found = get_object_or_404(LinePhoto.objects.visible_to(request.user).select_related("file"), pk=pk)
    return show(found.file)


@require(Permission.ORDER_TAKE)
def progress(request, pk):
    line = _line_or_404(request, pk)
    own = queries.own_part(line)
    latest = line.progress.order_by("-told_on").first()
    form = ProgressForm(request.POST or None, initial={"made": latest.made if latest else None})
    if form.is_valid() and submit(form, services.tell_progress, line, by=request.user, **form.facts):
        messages.success(request, _("Written down. Your weeks are counted anew."))
        return redirect("orders:detail", line.order_id)
    context = {"form": form, "line": line, "order": line.order, "own": own, "latest": latest}
    return render(request, "orders/progress.html", context)


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
        "orders/terms.html",
        {"form": form, "order": order, "kept_bp": SellingRules.at(order.ordered_on).kept_bp},
    )
