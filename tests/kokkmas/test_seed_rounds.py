"""The demo shows a closed round, an open one, work that is mended, and a handover in dispute."""

import datetime

import pytest

from governance.models import Case
from kokkmas.seed import life
from orders.models import Delivery, Round, WorkRequest
from tests.books import assert_clean


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_shows_rounds_rework_and_a_dispute():
    until = datetime.date(2026, 11, 24)
    life.tell(until=until, months=4, members=33, seed=7)
    assert Round.objects.get().shares.count() == 5
    assert WorkRequest.objects.waiting().count() == 3
    assert Delivery.objects.filter(reworked__gt=0).exists()
    assert Case.objects.filter(kind="handover").exists()
    assert_clean(until)
