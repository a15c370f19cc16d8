"""What every reversible row shares (core.reversal); each room's own tests write around its services."""

import pytest

from core.errors import Refused
from core.reversal import given_reason


def test_reason_is_kept_without_blanks_around_it():
    assert given_reason("  typed twice ") == "typed twice"


@pytest.mark.parametrize("reason", ["", "   "])
def test_reason_is_asked_for(reason):
    class Sentence(Refused):
        pass

    with pytest.raises(Sentence) as refusal:
        given_reason(reason, Sentence)
    assert refusal.value.field == "reason"
