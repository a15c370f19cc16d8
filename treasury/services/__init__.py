"""What people do with the cooperative's money. The only code of this room that saves."""

from treasury.services.bank_account import close_bank_account, open_bank_account, set_mapping
from treasury.services.bank_statement import confirm_matches, import_statement, unmatch
from treasury.services.cash_count import count_cash
from treasury.services.spending import confirm_payment, decline_payment, pay, withdraw_request
from treasury.services.transfer import reverse_transfer, transfer
from treasury.services.voucher import end_template, record_voucher, reverse_voucher, save_template

__all__ = [
    "close_bank_account",
    "confirm_matches",
    "confirm_payment",
    "count_cash",
    "decline_payment",
    "end_template",
    "import_statement",
    "open_bank_account",
    "pay",
    "record_voucher",
    "reverse_transfer",
    "reverse_voucher",
    "save_template",
    "set_mapping",
    "transfer",
    "unmatch",
    "withdraw_request",
]
