"""What members save: the rules they decided, every deposit and withdrawal, and what is held back."""

from savings.models.blocks import Block
from savings.models.earning import SavingsInterestRules, SavingsTaxPayment, SavingsTaxRules
from savings.models.movements import Movement
from savings.models.requests import WithdrawalRequest
from savings.models.rules import SavingsRules
from savings.models.term import TermDeposit, TermSavingsRules

__all__ = [
    "Block",
    "Movement",
    "SavingsInterestRules",
    "SavingsRules",
    "SavingsTaxPayment",
    "SavingsTaxRules",
    "TermDeposit",
    "TermSavingsRules",
    "WithdrawalRequest",
]
