"""What people do with savings. Every service locks the member, checks, posts, and hands out a receipt."""

from savings.services.blocking import block, block_by_hand, release, unblock
from savings.services.carrying import carry_over
from savings.services.closing import close_savings
from savings.services.common import SavingsRefused
from savings.services.earning import pay_interest_until
from savings.services.monthly import pay_tax, post_interest
from savings.services.moving import MONTHS_AHEAD, deposit, join, reverse, withdraw
from savings.services.requesting import (
    approve_withdrawal,
    ask_withdrawal,
    pay_withdrawal,
    refuse_withdrawal,
    take_back_withdrawal,
)
from savings.services.term import break_term, choose_renewal, mature_terms, open_term, undo_term

__all__ = [
    "MONTHS_AHEAD",
    "SavingsRefused",
    "approve_withdrawal",
    "ask_withdrawal",
    "block",
    "block_by_hand",
    "break_term",
    "carry_over",
    "choose_renewal",
    "close_savings",
    "deposit",
    "join",
    "mature_terms",
    "open_term",
    "pay_interest_until",
    "pay_tax",
    "pay_withdrawal",
    "post_interest",
    "refuse_withdrawal",
    "release",
    "reverse",
    "take_back_withdrawal",
    "unblock",
    "undo_term",
    "withdraw",
]
