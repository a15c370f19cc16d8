"""The first life: a loan paid as agreed by somebody who saves, month by month to the last instalment.

Dewi saves 48,000,000 at 6 % a year on the daily balance, a twelfth a month, and borrows 400,000 over 4 months at 1.5 %
flat on 12 January 2026: 100,000 + 6,000 on every 12th. The tax is nothing up to 240,000 of interest a month, above it
10 % of the whole, fractions dropped.

    31 Jan  48,000,000 all month: interest 240,000, exactly at the limit, no tax               48,240,000
    12 Feb  106,000 in cash
    28 Feb  interest 241,200, tax 24,120                                                       48,457,080
    10 Mar  the tax of February is handed over to the State
    12 Mar  106,000 out of the savings, which lack them for 20 of 31 days
    31 Mar  242,285.40 − 341.94: interest 241,943, tax 24,194                                  48,568,829
    12 Apr  106,000 in cash
    30 Apr  interest 242,844, tax 24,284                                                       48,787,389
    12 May  the last 106,000: the loan is paid back
    31 May  interest 243,937, tax 24,393                                                       49,006,933

Of the loan 24,000 are earned; on savings 1,209,924 are given and 96,991 withheld.
"""

import datetime
from io import BytesIO

import openpyxl
import pytest

from core import dates
from kokkmas.month_end import closing
from ledger import chart
from ledger.channels import Channel
from ledger.models import Unit
from ledger.queries import account_balance, member_balance
from ledger.services import open_year
from loans import queries as loans
from loans import services
from loans.models import Loan
from reports import queries as reports
from reports.papers.workbook import workbook
from savings import queries as savings
from savings.services import deposit, pay_tax
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.loans.builders import a_disbursed_loan, class_rules, loan_rules
from tests.reports.test_monthly_workbook import labelled, rows
from tests.savings.builders import interest_rules, tax_rules

pytestmark = pytest.mark.django_db

SHEET = "Jasa dan pajak"


def day(text):
    return datetime.date.fromisoformat(f"2026-{text}")


def test_paid_as_agreed(secretary, treasurer, chair):
    for unit in Unit:
        open_year(unit, 2026, by=treasurer)
    savings_rules(by=secretary, on=day("01-01"))
    interest_rules(by=chair, on=day("01-01"))
    tax_rules(by=chair, on=day("01-01"))
    class_rules(by=secretary, on=day("01-01"), scheme="days")
    rules = loan_rules(by=secretary, on=day("01-01"))
    dewi = a_member_in("Dewi Anggraini", on=day("01-01"), by=treasurer, username="dewi")
    deposit(dewi, kind="voluntary", amount=48_000_000, on=day("01-01"), by=treasurer)
    loan = a_disbursed_loan(dewi, by=treasurer, rules=rules, principal=400_000, instalments=4, on=day("01-12"))

    def close(month):
        """The month's work and its closing, which asks every check; then what the passbook holds."""
        last = dates.month_end(day(f"{month:02}-01"))
        closing.close(closing.open_units(last.replace(day=1)), on=last, by=treasurer)
        assert_clean(last)
        return savings.balances(dewi, as_of=last).voluntary

    def slip(month):
        [found] = savings.slips(day(f"{month:02}-01"), member=dewi)
        return found.gross, found.tax

    assert (close(1), slip(1)) == (48_240_000, (240_000, 0))
    services.repay(loan, amount=106_000, on=day("02-12"), by=treasurer)
    assert (close(2), slip(2)) == (48_457_080, (241_200, 24_120))

    pay_tax(day("02-01"), state_number="NTPN-1", on=day("03-10"), by=treasurer)
    assert account_balance("usp", chart.TAX_PAYABLE, as_of=day("03-10")) == 0
    services.repay(loan, amount=106_000, on=day("03-12"), by=treasurer, through=Channel.SAVINGS)
    assert (close(3), slip(3)) == (48_568_829, (241_943, 24_194))
    services.repay(loan, amount=106_000, on=day("04-12"), by=treasurer)
    assert (close(4), slip(4)) == (48_787_389, (242_844, 24_284))
    assert loans.arrears(as_of=day("05-12")) == []  # never a day late
    services.repay(loan, amount=106_000, on=day("05-12"), by=treasurer)
    assert (close(5), slip(5)) == (49_006_933, (243_937, 24_393))

    loan.refresh_from_db()
    assert (loan.state, loan.settled_on) == (Loan.State.SETTLED, day("05-12"))
    end = day("05-31")
    assert member_balance(dewi, "usp", chart.LOANS_RECEIVABLE, as_of=end) == 0
    assert account_balance("usp", chart.LOAN_INTEREST, as_of=end) == 24_000
    assert account_balance("usp", chart.SAVINGS_INTEREST, as_of=end) == 1_209_924
    assert account_balance("usp", chart.TAX_PAYABLE, as_of=end) == 96_991 - 24_120

    # What the treasurer takes to the meeting says the same.
    book = openpyxl.load_workbook(BytesIO(workbook(reports.month(day("02-01"))).getvalue()), data_only=True)
    assert labelled(book, SHEET, width=2)[1, "Dewi Anggraini"] == [241_200, 24_120, 217_080]
    figures = {line[0]: line[1] for line in rows(book, "Ringkasan") if len(line) > 1}
    assert (figures["Jasa simpanan bulan ini"], figures["Pajak yang dipotong"]) == (241_200, 24_120)
