"""What members save: the rules they decided, every deposit and withdrawal, and what is blocked."""

from savings.models.block import Block
from savings.models.interest import SavingsInterestRules
from savings.models.movement import Movement
from savings.models.rules import SavingsRules
from savings.models.standing_order import StandingOrder, StandingOrderRun
from savings.models.tax import SavingsTaxPayment, SavingsTaxRules
from savings.models.term_deposit import TermDeposit, TermSavingsRules
from savings.models.withdrawal_request import WithdrawalRequest
