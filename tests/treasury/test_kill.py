"""No money is half gone when the machine dies between a voucher and its posting: killed before every statement."""

import pytest

from ledger import chart
from ledger.models import Entry, Numbering
from ledger.queries import account_balance
from tests.books import assert_clean
from tests.killing import killed_before_every_statement
from tests.treasury.builders import DAY, a_voucher, money_in, spending_rules
from treasury.models import PaymentRequest, Voucher

pytestmark = pytest.mark.django_db(transaction=True)

START = """
import datetime
from core.models import User
from core.uploads import Upload
from treasury import services
from treasury.models import PaymentRequest, VoucherCategory
day = datetime.date(2026, 3, 12)
by, chair = User.objects.get(username="treasurer"), User.objects.get(username="chair")
"""


def test_killed_between_voucher_and_posting(treasurer, chair, books):
    money_in(treasurer)
    kills = killed_before_every_statement(
        START
        + "services.record_voucher(unit='umum', category=VoucherCategory.objects.get(name='rent'), payee='Bu Parti',"
        + " purpose='Sewa', amount=400_000, channel='cash', on=day, by=by,"
        + " paper=Upload('nota.pdf', 'application/pdf', b'%PDF-'))"
    )
    assert kills > 5
    assert [voucher.number for voucher in Voucher.objects.filter(direction="out")] == ["BKK-2026-0001"]
    assert Numbering.objects.get(series="BKK").last == 1
    assert account_balance("umum", chart.CASH, as_of=DAY) == 4_600_000
    assert_clean(DAY)


def test_killed_between_the_second_yes_and_the_payment(treasurer, chair, books):
    spending_rules(by=chair)
    money_in(treasurer)
    a_voucher(treasurer, amount=2_500_000, of="rent")
    entries = Entry.objects.count()
    kills = killed_before_every_statement(
        START + "services.confirm_payment(PaymentRequest.objects.get(), on=day, by=chair)"
    )
    assert kills > 5
    request = PaymentRequest.objects.get()
    assert (request.answer, request.entry, Entry.objects.count()) == (
        "confirmed", Voucher.objects.get(direction="out").entry, entries + 1,
    )  # fmt: skip
    assert account_balance("umum", chart.CASH, as_of=DAY) == 2_500_000
    assert_clean(DAY)
