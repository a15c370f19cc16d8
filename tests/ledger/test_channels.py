"""The ways money moves: which have an account, which make a receipt, and a bank account that is told apart."""

import pytest
from django.db import transaction

from ledger import chart
from ledger.channels import ACCOUNTS, PAYING, RECEIVING, Channel, Way, account_of
from ledger.errors import LedgerRefused
from ledger.models import Unit
from ledger.queries import account_balance
from ledger.services import credit, debit
from tests.ledger.builders import MARCH, a_post


def test_money_that_changes_hands_has_an_account_of_money_and_a_receipt():
    assert {channel for channel in Channel if channel.makes_receipt} == set(ACCOUNTS)
    assert set(ACCOUNTS.values()) <= set(chart.MONEY)
    assert set(PAYING) | set(RECEIVING) <= set(ACCOUNTS)


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel not in ACCOUNTS])
def test_other_channels_have_no_account_of_their_own(channel):
    with pytest.raises(KeyError):
        _account = channel.account
    assert not channel.makes_receipt


def test_way_is_its_channel_and_knows_its_account():
    way = Way(Channel.BANK, "1103")
    assert way == Channel.BANK == "bank"
    assert way in PAYING
    assert (account_of(way), account_of(Channel.BANK), account_of("cash")) == ("1103", chart.BANK, chart.CASH)


def test_qris_is_received_and_never_paid_with():
    assert Channel.QRIS in RECEIVING
    assert Channel.QRIS not in PAYING
    assert Channel.QRIS.makes_receipt


@pytest.mark.django_db
def test_qris_money_waits_on_an_account_of_its_own_that_cannot_be_overdrawn(treasurer, books):
    """250,000 is paid by QRIS; the bank passes on what it has and not a rupiah more."""

    def passed_on(amount, reference):
        lines = [debit(chart.BANK, amount), credit(Channel.QRIS.account, amount)]
        return a_post(treasurer, reference=reference, lines=lines)

    a_post(treasurer, lines=[debit(Channel.QRIS.account, 250_000), credit(chart.OTHER_INCOME, 250_000)])
    with pytest.raises(LedgerRefused, match=r"250\.000"), transaction.atomic():
        passed_on(250_001, "test:2")
    passed_on(250_000, "test:3")
    assert account_balance(Unit.UMUM, chart.BANK, as_of=MARCH) == 250_000
    assert account_balance(Unit.UMUM, chart.QRIS, as_of=MARCH) == 0
