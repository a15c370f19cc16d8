"""Answers of the orders, as at a date."""

from orders.queries.board import Board, Candidate, Offer, board, left, proposals, warnings
from orders.queries.capacity import Answer, calendar, capacity_answer, jobs, jobs_in_words, spans
from orders.queries.handover import handovers, offers, open_handovers, to_confirm, to_pay_out, to_send, to_settle
from orders.queries.rounds import asks, round_of, rounds, shares
from orders.queries.taking import lines, not_offered, orders, surpluses, work_ahead

__all__ = [
    "Answer",
    "Board",
    "Candidate",
    "Offer",
    "asks",
    "board",
    "calendar",
    "capacity_answer",
    "handovers",
    "jobs",
    "jobs_in_words",
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
    "spans",
    "surpluses",
    "to_confirm",
    "to_pay_out",
    "to_send",
    "to_settle",
    "warnings",
    "work_ahead",
]
