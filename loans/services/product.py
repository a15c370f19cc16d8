"""The kinds of loan the cooperative gives."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from loans.models import LoanProduct, LoanRules
from loans.services.common import LoanRefused


def rules_on(product: LoanProduct, on: datetime.date) -> LoanRules:
    try:
        return product.rules.in_force(on)
    except LoanRules.DoesNotExist as error:
        raise LoanRefused(
            _("{product} has no rules yet on {day}. The members decide them first.").format(
                product=product, day=date_format(on, "j F Y")
            )
        ) from error


@transaction.atomic
def add_product(*, code: str, name: str, description: str = "", by: User) -> LoanProduct:
    """Name a kind of loan. Its terms follow as LoanRules, by `governance.services.put_in_force`."""
    try:
        with transaction.atomic():
            product = LoanProduct.objects.create(code=code, name=name, description=description)
    except IntegrityError as error:
        raise LoanRefused(_("A product with this code or name is there already. Choose another.")) from error
    audit.record("loan_product.added", product, by=by)
    return product
