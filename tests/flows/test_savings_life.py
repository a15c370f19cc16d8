"""A member's first year of savings and dues, with figures worked out by hand.

Rules from 12 January 2025: principal 100,000, mandatory 20,000 a month, dues 10,000 a month, all due on the 12th.
On 12 July the meeting decides on mandatory savings of 25,000, and that 10,000 must stay of the voluntary ones.

    12 Feb  Wahyu enters: principal 100,000, mandatory for February 20,000          receipt 1
    12 Mar  mandatory 20,000 (March), voluntary 50,000                              receipts 2, 3
    12 Apr  dues of three months, February to April: 30,000                         receipt 4
    12 May  open: April and May, 2 × 20,000 = 40,000
    12 Jun  mandatory 60,000: April, May, June                                      receipt 5
     3 Jul  withdraws 30,000 of the voluntary savings; 20,000 stay                  receipt 6
    12 Jul  mandatory 20,000: July still costs what was in force on 1 July          receipt 7
    12 Aug  the treasurer types 250,000 instead of 25,000                           receipt 8
    13 Aug  the chair reverses it, the treasurer receives 25,000                    receipt 9
    12 Sep  mandatory 75,000: September, October, November                          receipt 10
    31 Dec  mandatory due 6 × 20,000 + 5 × 25,000 = 245,000, paid 220,000: December, 25,000, is open
            dues open: May to December, 8 × 10,000 = 80,000
            saved 100,000 + 220,000 + 20,000 = 340,000, and just that is in the cash box of the unit
"""

import datetime

import pytest

from activities.services import collect_dues
from ledger import chart
from ledger.models import Receipt, Unit
from ledger.queries import account_balance, balance_sheet
from members.services import admit
from savings import queries
from savings.services import SavingsRefused, deposit, join, reverse, withdraw
from tests.activities.builders import dues_owed, dues_rules
from tests.books import assert_clean
from tests.builders import an_applicant, savings_rules

pytestmark = pytest.mark.django_db


def day(month, date=12):
    return datetime.date(2025, month, date)


def test_a_first_year_of_savings(books, chair, secretary, treasurer):
    savings_rules(by=chair, on=day(1))
    dues_rules(by=chair, on=day(1))
    savings_rules(by=chair, on=day(7), mandatory=25_000, minimum=10_000)
    wahyu = an_applicant("Wahyu Nugroho", on=day(1, 13), by=secretary)
    admit(wahyu, on=day(1, 20), by=secretary)
    assert queries.first_savings(as_of=day(2)).total == 120_000

    join(wahyu, on=day(2), by=treasurer)
    wahyu.refresh_from_db()
    deposit(wahyu, kind="mandatory", amount=20_000, on=day(3), by=treasurer)
    deposit(wahyu, kind="voluntary", amount=50_000, on=day(3), by=treasurer)
    collect_dues(wahyu, months=3, on=day(4), by=treasurer)
    assert_clean(day(4))

    in_may = queries.obligation(wahyu, as_of=day(5))
    assert (in_may.owed, in_may.owed_months, in_may.paid_until) == (40_000, 2, day(3, 1))
    deposit(wahyu, kind="mandatory", amount=60_000, on=day(6), by=treasurer)
    assert queries.obligation(wahyu, as_of=day(6)).paid_until == day(6, 1)

    withdraw(wahyu, kind="voluntary", amount=30_000, on=day(7, 3), by=treasurer)
    deposit(wahyu, kind="mandatory", amount=20_000, on=day(7), by=treasurer)
    assert queries.mandatory_owed(wahyu, as_of=day(7)) == 0

    wrong = deposit(wahyu, kind="mandatory", amount=250_000, on=day(8), by=treasurer)
    reverse(wrong, on=day(8, 13), reason="Salah ketik", by=chair)
    deposit(wahyu, kind="mandatory", amount=25_000, on=day(8, 13), by=treasurer)
    assert queries.obligation(wahyu, as_of=day(8, 13)).paid_until == day(8, 1)
    deposit(wahyu, kind="mandatory", amount=75_000, on=day(9), by=treasurer)
    assert_clean(day(9))

    with pytest.raises(SavingsRefused, match=r"Paling banyak Rp\s10\.000 bisa dibayarkan"):
        withdraw(wahyu, kind="voluntary", amount=15_000, on=day(12, 15), by=treasurer)

    end = day(12, 31)
    assert queries.balances(wahyu, as_of=end) == queries.Balances(100_000, 220_000, 20_000)
    december = queries.obligation(wahyu, as_of=end)
    assert (december.due, december.paid, december.owed) == (245_000, 220_000, 25_000)
    assert (december.owed_from, december.owed_months) == (day(12, 1), 1)
    assert dues_owed(wahyu, as_of=end) == 80_000
    assert account_balance(Unit.USP, chart.CASH, as_of=end) == 340_000
    assert account_balance(Unit.UMUM, chart.CASH, as_of=end) == 30_000
    assert account_balance(Unit.UMUM, chart.DUES, as_of=end) == 30_000
    own_capital = balance_sheet(Unit.USP, as_of=end).equity
    assert [(row.code, row.amount) for row in own_capital if row.amount] == [("3101", 100_000), ("3102", 220_000)]
    assert Receipt.objects.latest("pk").number == "KW-2025-0010"
    assert_clean(end)
