from tests.loans.conftest import house as house
from tests.loans.conftest import sri as sri
