"""What people do with savings. Every service locks the member, checks, posts, and hands out a receipt."""

from savings.services.blocking import block, unblock
from savings.services.common import SavingsRefused
from savings.services.moving import MONTHS_AHEAD, deposit, join, reverse, withdraw

__all__ = ["MONTHS_AHEAD", "SavingsRefused", "block", "deposit", "join", "reverse", "unblock", "withdraw"]
