"""The ways money moves: which have an account, which make a receipt, and a bank account that is told apart."""

import pytest

from ledger import chart
from ledger.channels import ACCOUNTS, PAYING, RECEIVING, Channel, Way, account_of


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
