"""The kinds of loan and the rules in force."""

import datetime

from loans.models import LoanRules


def rules_in_force(*, on: datetime.date) -> list[LoanRules]:
    """The version of every product that governs an application on `on`."""
    return list(
        LoanRules.objects.filter(in_force_from__lte=on)
        .order_by("product_id", "-in_force_from")
        .distinct("product_id")
        .select_related("product", "decided_in")
    )
