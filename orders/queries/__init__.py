"""Answers of the orders, as at a date."""

from orders.queries.board import Board, Candidate, Offer, board, left, proposals, warnings
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
    wanted_jobs,
    workshop,
)
from orders.queries.handover import handovers, offers, open_handovers, to_confirm, to_pay_out, to_send, to_settle
from orders.queries.rounds import asks, round_of, rounds, shares
from orders.queries.taking import last_maker_price, lines, not_offered, orders, surpluses, work_ahead

__all__ = [
    "Answer",
    "Bar",
    "Board",
    "Candidate",
    "Offer",
    "asks",
    "board",
    "calendar",
    "capacity_answer",
    "capacity_before",
    "closures",
    "free",
    "free_of_all",
    "handovers",
    "jobs",
    "jobs_in_words",
    "last_maker_price",
    "left",
    "lines",
    "not_offered",
    "offers",
    "open_handovers",
    "orders",
    "proposals",
    "round_of",
    "rounds",
    "shares",
    "surpluses",
    "to_confirm",
    "to_pay_out",
    "to_send",
    "to_settle",
    "wanted_jobs",
    "warnings",
    "work_ahead",
    "workshop",
]
