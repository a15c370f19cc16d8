"""What people do with orders and surplus work. The only code of this book that saves: one verb, one transaction."""

from orders.services.board import MustInsist, claim, post_surplus, withdraw_claim, withdraw_surplus
from orders.services.capacity import close_workshop, reopen_workshop, set_capacity
from orders.services.common import OrdersRefused
from orders.services.handover import confirm, deliver
from orders.services.rounds import accept_request, ask, close_due_rounds, close_round, withdraw_request
from orders.services.settling import pay_out, reverse_settlement, settle
from orders.services.taking import Rest, Wanted, cancel, finish, of_line, priced_lines, take_and_offer, take_order

__all__ = [
    "MustInsist",
    "OrdersRefused",
    "Rest",
    "Wanted",
    "accept_request",
    "ask",
    "cancel",
    "claim",
    "close_due_rounds",
    "close_round",
    "close_workshop",
    "confirm",
    "deliver",
    "finish",
    "of_line",
    "pay_out",
    "post_surplus",
    "priced_lines",
    "reopen_workshop",
    "reverse_settlement",
    "set_capacity",
    "settle",
    "take_and_offer",
    "take_order",
    "withdraw_claim",
    "withdraw_request",
    "withdraw_surplus",
]
