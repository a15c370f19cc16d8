"""What people do with savings. Every service locks the member, checks, posts, and hands out a receipt."""

from savings.services.blocking import block, unblock
from savings.services.carrying import carry_over
from savings.services.common import SavingsRefused
from savings.services.moving import MONTHS_AHEAD, deposit, join, reverse, withdraw
from savings.services.requesting import (
    approve_withdrawal,
    ask_withdrawal,
    pay_withdrawal,
    refuse_withdrawal,
    take_back_withdrawal,
)

__all__ = [
    "MONTHS_AHEAD",
    "SavingsRefused",
    "approve_withdrawal",
    "ask_withdrawal",
    "block",
    "carry_over",
    "deposit",
    "join",
    "pay_withdrawal",
    "refuse_withdrawal",
    "reverse",
    "take_back_withdrawal",
    "unblock",
    "withdraw",
]
