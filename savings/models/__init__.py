"""What members save: the rules they decided, every deposit and withdrawal, and what is held back."""

from savings.models.blocks import Block
from savings.models.movements import Movement
from savings.models.requests import WithdrawalRequest
from savings.models.rules import SavingsRules

__all__ = ["Block", "Movement", "SavingsRules", "WithdrawalRequest"]
