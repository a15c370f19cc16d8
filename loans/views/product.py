"""The kinds of loan, and the first rules of a new one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import services
from loans.forms.product import ProductForm
from loans.models import LoanRules
from loans.views.common import crumbs


@require(Permission.RULES_SET)
def add_product(request):
    """Name the kind of loan; the page that proposes its first rules comes next."""
    page = FormPage(
        title=_("Add a kind of loan"),
        action=_("Add it and propose its rules"),
        crumbs=crumbs(request),
        lead=_("First its name. The rules come on the next page and hold once a decision puts them in force."),
    )
    rules = reverse("governance:propose", args=[LoanRules._meta.label_lower])
    return form_page(
        request,
        ProductForm(request.POST or None),
        services.add_product,
        by=request.user,
        page=page,
        done=lambda product: _("{product} is there. Now propose its rules: it is lent once they are in force.").format(
            product=product
        ),
        to=lambda product: f"{rules}?product={product.pk}",
    )
