"""The page of a loan: closing, payments with their parts, every schedule, and no query per row."""

import datetime

import pytest
from django.urls import reverse

from core.dates import add_months, today
from loans import services
from loans.models import Loan
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, loan_rules
from tests.loans.test_loan_views import as_, queries_of, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return add_months(today(), -3)


@pytest.fixture
def fewer(house, secretary):
    return loan_rules(
        by=secretary, on=datetime.date(2025, 7, 12), method="declining", over_payment="fewer", early_payoff="period",
        most_instalments=60, most_running_loans=3,
    )  # fmt: skip


def test_the_treasurer_closes_a_loan_and_the_page_says_what_that_spares(sri, fewer, treasurer, supervisor, chair, day):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    url = reverse("loans:pay-off", args=[loan.pk])
    assert [as_(user).get(url).status_code for user in (sri.user, supervisor, chair)] == [403, 403, 403]
    assert "menghemat" in text(as_(treasurer).get(url))
    page = send(as_(treasurer), url, through="cash")
    assert "Pinjaman lunas." in text(page)
    loan.refresh_from_db()
    assert loan.state == Loan.State.SETTLED
    assert "tidak ada yang perlu dilunasi" in text(as_(treasurer).get(url))


def test_every_schedule_stays_readable_with_a_choice(sri, fewer, treasurer, day):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    services.repay(loan, amount=500_000, on=add_months(day, 1), by=treasurer)
    url = reverse("loans:schedule", args=[loan.pk])
    now, first = text(as_(sri.user).get(url)), text(as_(sri.user).get(url, {"version": "1"}))
    assert "Jadwal 2, sejak" in now
    # 118,000 was due; 382,000 more leave 718,000: eight instalments. The first schedule has twelve and its sum.
    assert (now.count('scope="row"'), first.count('scope="row"')) == (8, 13)
    for query in ({}, {"version": "1"}, {"version": "x"}, {"version": "99"}):
        assert as_(sri.user).get(url, query).status_code == 200
        assert as_(sri.user).get(reverse("loans:schedule-paper", args=[loan.pk]), query).status_code == 200


def test_a_wrong_payment_in_the_middle_is_reversed_in_the_browser(sri, treasurer, chair, day):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    wrong = services.repay(loan, amount=118_000, on=add_months(day, 1), by=treasurer)
    services.repay(loan, amount=100_000, on=add_months(day, 2), by=treasurer)
    url = reverse("loans:reverse-repayment", args=[wrong.pk])
    page = text(send(as_(chair), url, reason="salah orang", on=today().isoformat()))
    assert "dihitung ulang" in page
    assert "dibatalkan" in page
    again = loan.repayments.get(replays__isnull=False)
    assert again.replays.receipt.number in page


def test_a_payment_of_an_earlier_day_is_taken_in_the_browser(sri, treasurer, day):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    services.repay(loan, amount=118_000, on=add_months(day, 2), by=treasurer)
    early = add_months(day, 1).isoformat()
    page = send(as_(treasurer), reverse("loans:repay", args=[loan.pk]), amount="118000", on=early, through="cash")
    assert "diterima" in text(page)
    assert "dihitung ulang" in text(page)


def test_the_page_takes_the_same_queries_for_3_and_60_instalments(
    sri, fewer, treasurer, day, django_assert_max_num_queries
):
    client = as_(treasurer)
    short = a_disbursed_loan(sri, by=treasurer, on=day, instalments=3)
    services.repay(short, amount=500_000, on=day, by=treasurer)
    other = a_member_in("Budi Santoso", by=treasurer)
    long = a_disbursed_loan(other, by=treasurer, on=day, instalments=60)
    for amount in range(1, 31):
        services.repay(long, amount=1_000 * amount, on=day + datetime.timedelta(days=amount), by=treasurer)
    for name in ("detail", "repay", "pay-off", "schedule"):
        counts = [
            queries_of(client, reverse(f"loans:{name}", args=[loan.pk]), django_assert_max_num_queries)
            for loan in (short, long)
        ]
        assert counts[0] == counts[1], name
