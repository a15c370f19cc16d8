"""What people do with savings. Every service locks the member, checks, posts, and issues a receipt."""

from savings.services.accrued_interest import pay_interest_until
from savings.services.block import block, block_by_hand, release, unblock
from savings.services.closure import close_savings
from savings.services.collection import Deposit, deposit_all
from savings.services.common import SavingsRefused
from savings.services.counter import (
    pay_out_savings,
    pay_out_term_deposit,
    receive_deposit,
    receive_term_deposit,
)
from savings.services.interest import post_interest
from savings.services.movement import MONTHS_AHEAD, deposit, join, reverse, withdraw
from savings.services.opening_balance import carry_over
from savings.services.standing_order import end_standing_order, give_standing_order, run_standing_orders
from savings.services.tax import pay_tax
from savings.services.term_deposit import (
    break_term_deposit,
    choose_renewal,
    mature_term_deposits,
    open_term_deposit,
    undo_term_deposit,
)
from savings.services.withdrawal_request import (
    approve_withdrawal,
    cancel_withdrawal,
    pay_withdrawal,
    refuse_withdrawal,
    request_withdrawal,
)
