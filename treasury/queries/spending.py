"""What one officer may pay alone, and what waits for a second approval."""

import datetime
from dataclasses import dataclass

from treasury.models import PaymentKind, PaymentRequest, SpendingRules

BROUGHT_IN = {PaymentKind.DEPOSIT}
"""Kinds that bring money in: only a limit of their own asks for a second approval."""


@dataclass(frozen=True)
class Limit:
    """What one officer may pay alone, and above which sum a decision is needed; None where nothing limits it."""

    alone_up_to: int | None = None
    decision_above: int | None = None

    def allows_alone(self, amount: int) -> bool:
        return self.alone_up_to is None or amount <= self.alone_up_to

    def needs_decision(self, amount: int) -> bool:
        return self.decision_above is not None and amount > self.decision_above


def limit_for(kind: str, channel: str, *, on: datetime.date) -> Limit:
    """The limit for one kind of payment in one channel by the rules in force: the closest fit counts.

    Both named, then the kind, then the channel, then the rules themselves. Without rules nothing limits a payment:
    the members have decided nothing yet.
    """
    rules = SpendingRules.objects.current(on)
    if rules is None:
        return Limit()
    fitting = [
        limit for limit in rules.limits.all() if limit.kind in ("", kind) and limit.channel in ("", str(channel))
    ]
    if kind in BROUGHT_IN:
        fitting = [limit for limit in fitting if limit.kind]
    if not fitting:
        return Limit() if kind in BROUGHT_IN else Limit(rules.alone_up_to, rules.decision_above)
    closest = max(fitting, key=lambda limit: (bool(limit.kind), bool(limit.channel)))
    return Limit(closest.alone_up_to, closest.decision_above)


def waiting_request(kind: str, about: object) -> PaymentRequest | None:
    """The request by which `about` (a primary key in the room of `kind`) waits for a second approval."""
    return PaymentRequest.objects.waiting().filter(kind=kind, about=str(about)).first()


def waiting_requests():
    """Everything that waits for a second approval, the oldest first, with what a list shows."""
    return PaymentRequest.objects.waiting().select_related("requested_by").order_by("requested_on", "pk")


def waiting_for(user):
    """What `user` may answer: nobody answers what he asked for, or what is his own."""
    return waiting_requests().exclude(requested_by=user).exclude(parties__contains=[user.pk])
