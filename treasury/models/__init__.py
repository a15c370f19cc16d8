"""Cash and bank: where the money is, what it comes in and goes out for, who says yes to it, and whether it is there."""

from treasury.models.bank_account import BankAccount
from treasury.models.bank_statement import BankStatement, StatementLine
from treasury.models.cash_count import CashCount
from treasury.models.journal import Journal
from treasury.models.month_end import MonthEndRules
from treasury.models.spending import PaymentKind, PaymentRequest, SpendingLimit, SpendingRules
from treasury.models.transfer import Transfer
from treasury.models.voucher import Voucher, VoucherCategory, VoucherPaper, VoucherTemplate
