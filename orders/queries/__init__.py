"""Answers of the orders, as at a date."""

from orders.queries.advance import may_be_paid_ahead
from orders.queries.bill import Bill, Bills, bills
from orders.queries.capacity import (
    Answer,
    Bar,
    calendar,
    capacity_answer,
    capacity_before,
    closures,
    free,
    free_of_all,
    jobs,
    jobs_in_words,
    promised_items,
    too_much,
    unmeasured,
    wanted_jobs,
    workshop,
    workshop_of,
)
from orders.queries.claim import handovers, to_send
from orders.queries.fairness import Fairness, fairness, next_asked, own_place
from orders.queries.free_hands import free_hands, own_free_hands
from orders.queries.handover import Journey, disputes, open_handovers, sheet, to_confirm
from orders.queries.help import Capital, Hand, Material, Package, Work, package, split
from orders.queries.margin import maker_margin, material_costs, offer_margin
from orders.queries.offer import (
    Board,
    Candidate,
    board,
    fitting,
    last_maker_price,
    left,
    not_offered,
    offers,
    offers_of,
    own_offers,
    own_requests,
    proposals,
    warnings,
)
from orders.queries.offset import Option, netting_options
from orders.queries.order import amount, below_list, lines, orders, own_part, work_ahead, worth
from orders.queries.round import asks, round_of, rounds, shares
from orders.queries.settlement import Owed, owed, owing, parts, rest, to_be_paid, to_pay_out, to_settle
from orders.queries.terms import terms_in_words
