"""Two people put rules in force at the same moment: real threads, one version."""

import datetime

import pytest

from governance.models import RulesProposal
from governance.services import propose, put_proposal_in_force
from loans.models import LoanRules
from tests.builders import a_decision
from tests.loans.builders import VALUES, a_product
from tests.loans.test_races import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)

JUNE = datetime.date(2026, 6, 12)


@pytest.fixture
def decision(secretary):
    return a_decision(by=secretary, on=JUNE)


def a_proposal(by):
    return propose(LoanRules, reason="Agar ringan.", on=JUNE, by=by, product=a_product(by=by), **VALUES)


def put(proposal, decision, *, by):
    return lambda: put_proposal_in_force(proposal, in_force_from=JUNE, decided_in=decision, on=JUNE, by=by)


def test_one_proposal_is_put_in_force_once(chair, secretary, decision):
    proposal = a_proposal(chair)
    results = at_once(*(put(proposal, decision, by=secretary) for _ in range(2)))
    assert refusals(results) == ["Usulan ini sudah selesai. Buka lagi untuk melihat hasilnya."]
    assert LoanRules.objects.get().pk == RulesProposal.objects.get().version


def test_of_two_proposals_for_the_same_day_one_gets_it(chair, secretary, decision):
    """The other stays open: another day can be chosen for it."""
    results = at_once(*(put(a_proposal(chair), decision, by=secretary) for _ in range(2)))
    [refusal] = refusals(results)
    assert refusal.startswith(("Versi lain sudah mulai", "Orang lain baru saja"))
    assert (LoanRules.objects.count(), RulesProposal.objects.filter(decided_on=None).count()) == (1, 1)
