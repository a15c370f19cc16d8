"""The demo cooperative: lived through the services, so its books are clean; and the same each time it is made."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.models import AuditEvent, User
from ledger.models import Unit
from ledger.queries import trial_balance
from loans.models import Loan
from members import personal_data
from members.models import Member
from orders.models import Claim, Closure, Delivery, LinePhoto, Offer
from sales.models import Invoice
from tests.books import assert_clean

UNTIL = datetime.date(2026, 11, 24)


def seed(**options):
    call_command("seed_demo", until=UNTIL, verbosity=0, **({"months": 3, "members": 8} | options))


def figures():
    """What would differ if anything did: balances, who borrowed what, who took which work."""
    return (
        [trial_balance(unit, as_of=UNTIL) for unit in Unit.values],
        list(Loan.objects.order_by("number").values_list("number", "member__name", "principal", "disbursed_on")),
        list(Claim.objects.order_by("pk").values_list("member__name", "quantity", "claimed_on")),
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_seed_leaves_clean_books_and_something_in_every_room():
    seed()
    assert_clean(UNTIL)
    assert Member.objects.entered(as_of=UNTIL).count() == 8 + 4
    assert {loan.state for loan in Loan.objects.all()} >= {Loan.State.RUNNING, Loan.State.WAITING}
    assert Offer.objects.exists()
    assert Delivery.objects.exists()
    assert Invoice.objects.counted(as_of=UNTIL).get().open > 0
    assert LinePhoto.objects.exists()
    assert Closure.objects.count() == 2
    assert AuditEvent.objects.order_by("at").first().at.date() == datetime.date(2026, 8, 12)
    assert User.objects.get(username="anggota08").check_password("kokkmas-demo")
    copies = [personal_data.about(member) for member in Member.objects.all()]
    assert json.dumps(copies)
    held = {part for copy in copies for part, rows in copy.items() if rows}
    assert held >= {"savings", "loans", "guarantees", "orders", "work_taken", "work_paid", "dues", "meetings"}


@pytest.mark.slow
@pytest.mark.django_db
def test_same_seed_gives_the_same_data_and_another_seed_another():
    told = []
    for number in (1, 1, 2):
        with transaction.atomic():
            seed(seed=number)
            told.append(figures())
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert told[1] != told[2]


@pytest.mark.django_db
def test_seed_refuses_a_database_that_is_in_use(secretary):
    with pytest.raises(CommandError, match="not empty"):
        seed()
