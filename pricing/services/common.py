from core.errors import Refused


class PricingRefused(Refused):
    """Something about items or prices that cannot be done; the sentence says what to do instead."""
