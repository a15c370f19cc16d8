"""The chart of accounts, the same in both units: codes as constants, and what the books must know about each.

Pure data. Names are msgids; people see them through the catalogue. UU 25/1992 art. 41 decides what savings are:
principal and mandatory savings are own capital (3xxx), voluntary and term savings a debt to the member (2xxx).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _


class Kind(models.TextChoices):
    ASSET = "asset", gettext_lazy("assets")
    LIABILITY = "liability", gettext_lazy("liabilities")
    EQUITY = "equity", gettext_lazy("own capital")
    INCOME = "income", gettext_lazy("income")
    EXPENSE = "expense", gettext_lazy("expenses")


class Side(models.TextChoices):
    DEBIT = "debit", gettext_lazy("debit")
    CREDIT = "credit", gettext_lazy("credit")


ASSET, LIABILITY, EQUITY, INCOME, EXPENSE = Kind
DEBIT, CREDIT = Side

CASH = "1101"
BANK = "1102"
FURTHER_BANKS = [f"11{number:02}" for number in range(3, 20)]
"""For the second bank account of a unit and those after it; made when one is opened (treasury)."""
QRIS = "1120"
"""Paid by QRIS and not yet passed on by the bank, which does so later, in one sum and less its fee."""
MONEY = (CASH, BANK, *FURTHER_BANKS, QRIS)
"""Cash, every account at a bank, and what is on its way there."""

LOANS_RECEIVABLE = "1201"
LOAN_LOSS_ALLOWANCE = "1209"
INVENTORY = "1401"
PARTNER_RECEIVABLES = "1501"
MEMBER_RECEIVABLES = "1502"
FIXED_ASSETS = "1601"
ACCUMULATED_DEPRECIATION = "1609"
INTER_UNIT = "1901"
TRANSFERS = "1902"

VOLUNTARY_SAVINGS = "2101"
TERM_SAVINGS = "2102"
SHU_PAYABLE = "2201"
EDUCATION_FUND = "2202"
SOCIAL_FUND = "2203"
BOARD_FUND = "2204"
STAFF_FUND = "2205"
TAX_PAYABLE = "2301"
MAKERS_PAYABLE = "2401"
FORMER_MEMBERS_PAYABLE = "2402"
BUYER_DEPOSITS = "2403"
SUPPLIERS_PAYABLE = "2404"
MEMBER_SALES_PAYABLE = "2405"

PRINCIPAL_SAVINGS = "3101"
MANDATORY_SAVINGS = "3102"
GRANTS = "3201"
RESERVE_FUND = "3301"
DISTRIBUTED_SHU = "3401"
OPENING_BALANCES = "3901"

LOAN_INTEREST = "4101"
PENALTIES = "4102"
ADMINISTRATION_FEES = "4103"
PROVISION_FEES = "4104"
RECOVERED_LOANS = "4105"
DUES = "4201"
SALES = "4202"
HANDOVER_FEES = "4203"
OTHER_INCOME = "4901"

SAVINGS_INTEREST = "5101"
LOAN_LOSSES = "5102"
OFFICE = "5201"
MEETINGS = "5202"
TRAINING = "5203"
HONORARIA = "5204"
DEPRECIATION = "5205"
BANK_AND_TAX = "5206"
CASH_DIFFERENCES = "5207"
COST_OF_SALES = "5301"
SOLIDARITY = "5401"
EMPOWERMENT = "5402"

KINDS = {"1": ASSET, "2": LIABILITY, "3": EQUITY, "4": INCOME, "5": EXPENSE}
"""The first digit of a code says what kind of account it is."""

NORMAL_SIDE = {ASSET: DEBIT, EXPENSE: DEBIT, LIABILITY: CREDIT, EQUITY: CREDIT, INCOME: CREDIT}
"""The side on which a kind of account grows; contra accounts grow on the other."""


@dataclass(frozen=True)
class ChartAccount:
    code: str
    name: str
    needs_member: bool = False
    is_contra: bool = False
    is_spent: bool = False
    """Money, or a fund that is spent: the database refuses an entry that takes it below zero."""
    is_control: bool = False
    """A room keeps a book of its own about it: the database refuses vouchers and entries by hand."""

    @property
    def kind(self) -> str:
        return KINDS[self.code[0]]

    @property
    def side(self) -> str:
        """Where the balance normally stands: `debit` or `credit`."""
        normal = NORMAL_SIDE[self.kind]
        return (CREDIT if normal == DEBIT else DEBIT) if self.is_contra else normal


CHART = [
    ChartAccount(CASH, _("Cash"), is_spent=True),
    ChartAccount(BANK, _("Bank"), is_spent=True),
    ChartAccount(QRIS, _("QRIS on its way to the bank"), is_spent=True),
    ChartAccount(LOANS_RECEIVABLE, _("Loans to members"), needs_member=True, is_control=True),
    ChartAccount(LOAN_LOSS_ALLOWANCE, _("Allowance for loan losses"), is_contra=True, is_control=True),
    ChartAccount(INVENTORY, _("Inventory")),
    ChartAccount(PARTNER_RECEIVABLES, _("Receivables from partners"), is_control=True),
    ChartAccount(MEMBER_RECEIVABLES, _("Receivables from members"), needs_member=True, is_control=True),
    ChartAccount(FIXED_ASSETS, _("Fixed assets")),
    ChartAccount(ACCUMULATED_DEPRECIATION, _("Accumulated depreciation"), is_contra=True),
    ChartAccount(INTER_UNIT, _("Account with the other unit"), is_control=True),
    ChartAccount(TRANSFERS, _("Transfers between savings and loans"), is_control=True),
    ChartAccount(VOLUNTARY_SAVINGS, _("Voluntary savings"), needs_member=True, is_control=True),
    ChartAccount(TERM_SAVINGS, _("Term savings"), needs_member=True, is_control=True),
    ChartAccount(SHU_PAYABLE, _("SHU payable to members"), needs_member=True, is_control=True),
    ChartAccount(EDUCATION_FUND, _("Education fund"), is_spent=True),
    ChartAccount(SOCIAL_FUND, _("Social fund"), is_spent=True),
    ChartAccount(BOARD_FUND, _("Board fund"), is_spent=True),
    ChartAccount(STAFF_FUND, _("Staff fund"), is_spent=True),
    ChartAccount(TAX_PAYABLE, _("Tax payable")),
    ChartAccount(MAKERS_PAYABLE, _("Payable to makers"), needs_member=True, is_control=True),
    ChartAccount(FORMER_MEMBERS_PAYABLE, _("Payable to former members"), needs_member=True, is_control=True),
    ChartAccount(BUYER_DEPOSITS, _("Deposits of buyers"), is_control=True),
    ChartAccount(SUPPLIERS_PAYABLE, _("Payable to suppliers"), is_control=True),
    ChartAccount(MEMBER_SALES_PAYABLE, _("Payable to members for sales"), needs_member=True, is_control=True),
    ChartAccount(PRINCIPAL_SAVINGS, _("Principal savings"), needs_member=True, is_control=True),
    ChartAccount(MANDATORY_SAVINGS, _("Mandatory savings"), needs_member=True, is_control=True),
    ChartAccount(GRANTS, _("Grants and donated capital")),
    ChartAccount(RESERVE_FUND, _("Reserve fund")),
    ChartAccount(DISTRIBUTED_SHU, _("SHU distributed so far"), is_contra=True, is_control=True),
    ChartAccount(OPENING_BALANCES, _("Opening balances")),
    ChartAccount(LOAN_INTEREST, _("Loan interest")),
    ChartAccount(PENALTIES, _("Penalties")),
    ChartAccount(ADMINISTRATION_FEES, _("Administration fees")),
    ChartAccount(PROVISION_FEES, _("Provision fees")),
    ChartAccount(RECOVERED_LOANS, _("Recovered loans")),
    ChartAccount(DUES, _("Members' dues"), is_control=True),
    ChartAccount(SALES, _("Sales")),
    ChartAccount(HANDOVER_FEES, _("Fees on handed-over orders")),
    ChartAccount(OTHER_INCOME, _("Other income")),
    ChartAccount(SAVINGS_INTEREST, _("Interest on savings")),
    ChartAccount(LOAN_LOSSES, _("Loan losses")),
    ChartAccount(OFFICE, _("Office expenses")),
    ChartAccount(MEETINGS, _("Meetings")),
    ChartAccount(TRAINING, _("Training")),
    ChartAccount(HONORARIA, _("Honoraria")),
    ChartAccount(DEPRECIATION, _("Depreciation")),
    ChartAccount(BANK_AND_TAX, _("Bank charges and tax")),
    ChartAccount(CASH_DIFFERENCES, _("Cash differences")),
    ChartAccount(COST_OF_SALES, _("Cost of sales")),
    ChartAccount(SOLIDARITY, _("Solidarity and visits")),
    ChartAccount(EMPOWERMENT, _("Aid to members' businesses")),
]

BY_HAND = [account for account in CHART if not account.is_control]
"""What a voucher or an entry by hand may touch."""

KEPT_PER_MEMBER = frozenset(account.code for account in CHART if account.needs_member)
"""Accounts whose every line names a member."""

SIDES = {account.code: account.side for account in CHART} | dict.fromkeys(FURTHER_BANKS, DEBIT)


def signed(side: str, balance: int) -> int:
    """Debit − credit turned into the sign of the side where it grows; doing it twice gives the same again."""
    return balance if side == DEBIT else -balance
