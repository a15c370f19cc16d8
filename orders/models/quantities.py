"""How quantities are kept and summed."""

from decimal import Decimal

from django.db import models
from django.db.models import Subquery, Sum
from django.db.models.functions import Coalesce

from core.fields import measured

__all__ = ["NONE", "measured", "total_of"]

NONE = Decimal(0)


def total_of(rows, group, expression):
    totals = rows.order_by().values(group).annotate(total=Sum(expression)).values("total")
    return Coalesce(Subquery(totals, output_field=models.DecimalField(max_digits=12, decimal_places=3)), NONE)


def rupiah_of(rows, group, expression):
    """The same for whole rupiah."""
    totals = rows.order_by().values(group).annotate(total=Sum(expression)).values("total")
    return Coalesce(Subquery(totals, output_field=models.BigIntegerField()), 0)
