"""What people do with orders and shared work. The only code of this book that saves: one verb, one transaction."""

from orders.services.advance import confirm_advance, pay_ahead, pay_back, reverse_advance
from orders.services.capacity import close_workshop, estimate_work, reopen_workshop, set_capacity
from orders.services.claim import MustInsist, claim, withdraw_claim
from orders.services.common import OrdersRefused
from orders.services.free_hands import end_free_hands, tell_free_hands
from orders.services.goods import take_goods
from orders.services.handover import confirm, deliver, dispute
from orders.services.help import buy_together, offer_rest
from orders.services.material import confirm_material, give_material, return_material
from orders.services.objection import correct_sent, drop_material, object_to_advance, object_to_count, undo_count
from orders.services.offer import post_offer, withdraw_offer
from orders.services.offset import consent, withdraw_consent
from orders.services.order import (
    Rest,
    Wanted,
    cancel,
    finish,
    of_line,
    priced_lines,
    reopen,
    specify,
    take_and_offer,
    take_order,
    tell_progress,
)
from orders.services.round import accept_request, ask, close_due_rounds, close_round, withdraw_request
from orders.services.settlement import pay_out, reverse_settlement, settle
from orders.services.terms import agree_terms, drop_terms, propose_terms
