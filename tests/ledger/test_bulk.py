"""Month-end work: many entries in one statement, whole or not at all."""

import pytest
from django.db import transaction

from ledger import chart, queries
from ledger.models import Entry, Unit
from ledger.services import LedgerRefused, post_entries
from tests.books import assert_clean
from tests.ledger.builders import MARCH, a_member

pytestmark = pytest.mark.django_db

INTEREST = "tests/ledger/interest.sql"


@pytest.fixture
def members(books):
    return [a_member(name) for name in ("Sumarni", "Wagiyem", "Ngatini")]


def post(by, **parameters):
    facts = {"amount": 1_000, "code": chart.MAKERS_PAYABLE, "month": "2026-03", "nameless": 0} | parameters
    return post_entries(INTEREST, unit=Unit.USP, on=MARCH, by=by, **facts)


def test_post_entries_writes_one_for_every_row(members, treasurer):
    assert post(treasurer) == 3
    balances = queries.member_balances(Unit.USP, chart.MAKERS_PAYABLE, as_of=MARCH)
    assert balances == {member.pk: 1_000 for member in members}
    assert queries.account_balance(Unit.USP, chart.SAVINGS_INTEREST, as_of=MARCH) == 3_000
    assert_clean(MARCH)


def test_post_entries_may_be_done_twice(members, treasurer):
    assert (post(treasurer), post(treasurer)) == (3, 0)


def test_post_entries_is_one_query(members, treasurer, django_assert_num_queries):
    with django_assert_num_queries(3):  # with the savepoint around it
        post(treasurer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": chart.CASH, "amount": 0}, "Setiap baris berisi jumlah lebih dari nol"),
        ({"code": None}, "Akun ini dicatat per anggota"),
    ],
)
def test_post_entries_refuses_all_where_one_is_wrong(members, treasurer, wrong, sentence):
    if wrong["code"] is None:
        wrong = {"nameless": members[1].pk}
    with pytest.raises(LedgerRefused, match=sentence), transaction.atomic():
        post(treasurer, **wrong)
    assert not Entry.objects.exists()
