"""What people do with the cooperative's money. The only code of this room that saves."""

from treasury.services.bank_account import close_bank_account, open_bank_account, set_mapping
from treasury.services.bank_statement import confirm_matches, import_statement, unmatch
from treasury.services.cash_count import count_cash
from treasury.services.journal import record_journal, reverse_journal
from treasury.services.spending import confirm_payment, decline_payment, pay, withdraw_request
from treasury.services.transfer import reverse_transfer, transfer
from treasury.services.voucher import (
    add_paper,
    end_template,
    post_template,
    record_voucher,
    reverse_voucher,
    save_template,
)
