"""What people do with orders and surplus work. The only code of this book that saves: one verb, one transaction."""

from orders.services.board import MustInsist, claim, post_surplus, withdraw_claim, withdraw_surplus
from orders.services.capacity import close_workshop, estimate_work, reopen_workshop, set_capacity
from orders.services.common import OrdersRefused
from orders.services.disputing import dispute
from orders.services.handover import confirm, deliver
from orders.services.making import set_terms, specify, tell_progress
from orders.services.netting import consent, pay_instalment, undo_instalment, withdraw_consent
from orders.services.package import buy_together, offer_rest
from orders.services.proceeds import pay_proceeds, reverse_proceeds
from orders.services.returning import give_money_back, reverse_return, take_back
from orders.services.rounds import accept_request, ask, close_due_rounds, close_round, withdraw_request
from orders.services.selling import (
    give_back_deposit,
    issue_invoice,
    receive_deposit,
    receive_payment,
    reverse_invoice,
    reverse_payment,
)
from orders.services.sending import finish, reverse_shipment, ship
from orders.services.settling import pay_out, reverse_settlement, settle
from orders.services.sheet import (
    agree_terms,
    confirm_advance,
    confirm_material,
    drop_terms,
    give_material,
    pay_ahead,
    pay_back,
    propose_terms,
    return_material,
    reverse_advance,
)
from orders.services.taking import Rest, Wanted, cancel, of_line, priced_lines, take_and_offer, take_order

__all__ = [
    "MustInsist",
    "OrdersRefused",
    "Rest",
    "Wanted",
    "accept_request",
    "agree_terms",
    "ask",
    "buy_together",
    "cancel",
    "claim",
    "close_due_rounds",
    "close_round",
    "close_workshop",
    "confirm",
    "confirm_advance",
    "confirm_material",
    "consent",
    "deliver",
    "dispute",
    "drop_terms",
    "estimate_work",
    "finish",
    "give_back_deposit",
    "give_material",
    "give_money_back",
    "issue_invoice",
    "of_line",
    "offer_rest",
    "pay_ahead",
    "pay_back",
    "pay_instalment",
    "pay_out",
    "pay_proceeds",
    "post_surplus",
    "priced_lines",
    "propose_terms",
    "receive_deposit",
    "receive_payment",
    "reopen_workshop",
    "return_material",
    "reverse_advance",
    "reverse_invoice",
    "reverse_payment",
    "reverse_proceeds",
    "reverse_return",
    "reverse_settlement",
    "reverse_shipment",
    "set_capacity",
    "set_terms",
    "settle",
    "ship",
    "specify",
    "take_and_offer",
    "take_back",
    "take_order",
    "tell_progress",
    "undo_instalment",
    "withdraw_claim",
    "withdraw_consent",
    "withdraw_request",
    "withdraw_surplus",
]
