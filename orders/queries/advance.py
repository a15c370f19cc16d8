"""How much may still be paid ahead."""

from orders.arithmetic import settlement
from orders.models import Advance, Claim


def may_be_paid_ahead(claim: Claim) -> int:
    """Rupiah that the terms still allow to be paid ahead."""
    most = settlement.most_ahead(claim.in_hand, claim.maker_price, claim.advance_bp)
    ahead = [one for one in claim.advances.all() if one.kind == Advance.Kind.AHEAD and not one.reversed_on]
    return most - sum(one.amount for one in ahead)
