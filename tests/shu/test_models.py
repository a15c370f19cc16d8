"""Rules of SHU that cannot be: refused in words by the service, and by the database around it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from governance.forms.proposal import ProposalForm
from governance.queries import terms
from governance.services import GovernanceRefused
from shu.allocation import Fund
from shu.models import ShuRules
from tests.builders import a_decision
from tests.shu.conftest import PARTS


def test_rules_say_their_parts(shu_rules):
    rules = shu_rules(board=1050, staff=450)
    assert rules.percentages == PARTS | {Fund.BOARD: 1050, Fund.STAFF: 450}
    assert [term.value for term in terms(rules)] == [
        *(f"{part}\u00a0%" for part in ("25", "20", "30", "10,5", "4,5", "5", "5")),
        "ya",
        "ya",
    ]


@pytest.mark.parametrize("values", [{"reserve": 2501}, {"reserve": 2499}, dict.fromkeys(PARTS, 10_000)])
def test_parts_that_do_not_make_100_percent_are_refused(shu_rules, values):
    with pytest.raises(GovernanceRefused, match="Jumlah semua bagian harus tepat seratus persen"):
        shu_rules(**values)


def test_business_without_a_basis_is_refused(shu_rules):
    with pytest.raises(GovernanceRefused, match="Tentukan apa yang dihitung"):
        shu_rules(counts_interest=False, counts_work=False)


def test_parts_are_typed_in_percent():
    form = ProposalForm({"reserve": "25", "capital": "12,5"}, kind=ShuRules)
    form.is_valid()
    assert [form.cleaned_data[name] for name in ("reserve", "capital")] == [2500, 1250]


def test_without_a_part_for_business_no_basis_is_needed(shu_rules):
    assert shu_rules(counts_interest=False, counts_work=False, business=0, reserve=5500).pk


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"reserve": 2501}, "shu_shurules_make_100_percent"),
        ({"reserve": -1, "social": 3001}, "reserve"),
        ({"counts_interest": False, "counts_work": False}, "shu_shurules_business_is_something"),
    ],
)
def test_the_database_refuses_around_the_service(chair, values, name):
    decision = a_decision(by=chair)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ShuRules.objects.create(in_force_from=datetime.date(2026, 1, 1), decided_in=decision, **PARTS | values)
