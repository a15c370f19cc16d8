"""The kinds of loan, and the first rules of a new one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import require, submit
from core.permissions import Permission
from loans import services
from loans.forms.product import ProductForm
from loans.models import LoanRules


@require(Permission.RULES_SET)
def add_product(request):
    """Name the kind of loan; the page that proposes its first rules comes next."""
    form = ProductForm(request.POST or None)
    if form.is_valid() and (product := submit(form, services.add_product, by=request.user, **form.facts)):
        messages.success(
            request,
            _("{product} is there. Now propose its rules: it is lent once they are in force.").format(product=product),
        )
        url = reverse("governance:propose", args=[LoanRules._meta.label_lower])
        return redirect(f"{url}?product={product.pk}")
    return render(request, "loans/product/add.html", {"form": form})
