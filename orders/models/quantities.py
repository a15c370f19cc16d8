"""How quantities are kept and summed."""

from decimal import Decimal

from django.db import models
from django.db.models import Subquery, Sum
from django.db.models.functions import Coalesce

NONE = Decimal(0)


def measured(label, **kwargs) -> models.DecimalField:
    return models.DecimalField(label, max_digits=12, decimal_places=3, **kwargs)


def total_of(rows, group, expression):
    totals = rows.order_by().values(group).annotate(total=Sum(expression)).values("total")
    return Coalesce(Subquery(totals, output_field=models.DecimalField(max_digits=12, decimal_places=3)), NONE)
