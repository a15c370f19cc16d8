"""What a loan is on a day: eligibility, arrears, what is next; and how many queries that takes."""

import datetime

import pytest

from loans import queries, services
from loans.models import Loan
from loans.queries import Arrears, eligibility
from savings.services import deposit
from tests.builders import a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, an_application, loan_rules

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH, APRIL = (datetime.date(2026, month, 12) for month in (2, 3, 4))
NEXT_DAY = datetime.timedelta(days=1)


def checks(member, *, rules, principal=1_000_000, instalments=10, as_of=DAY):
    found = eligibility(member, product=rules.product, principal=principal, instalments=instalments, as_of=as_of)
    return {check.rule: (check.passed, check.explanation) for check in found}


def test_every_rule_is_shown_with_its_figures(sri, secretary, treasurer):
    rules = loan_rules(
        by=secretary,
        on=datetime.date(2025, 2, 12),
        membership_months=6,
        savings_multiple=2.5,
        mandatory_savings_paid=True,
        most_running_loans=2,
    )
    assert checks(sri, rules=rules) == {
        "Sudah menjadi anggota paling sedikit 6 bulan": (True, "Anggota sejak 12 Januari 2025."),
        "Jumlah dari Rp\u00a0100.000 sampai Rp\u00a010.000.000": (True, "Yang diajukan Rp\u00a01.000.000."),
        "Angsuran 1 sampai 24 kali": (True, "Yang dipilih 10 kali angsuran."),
        "Simpanan wajib sudah lunas": (
            False,
            "Simpanan wajib Rp\u00a0240.000 belum lunas. Lunasi dulu kepada bendahara.",
        ),
        "Paling banyak 2,5 kali simpanan": (
            False,
            "Simpanan Rp\u00a0120.000 × 2,5 = Rp\u00a0300.000. Ajukan lebih sedikit, atau tambah simpanan dulu.",
        ),
        "Paling banyak 2 pinjaman pada saat yang sama": (True, "0 pinjaman sedang diajukan atau berjalan."),
        "Tidak ada angsuran yang menunggak": (True, "Tidak ada tunggakan."),
        "Tidak ada perkara terbuka": (True, "Tidak ada."),
    }
    deposit(sri, kind="mandatory", amount=240_000, on=DAY, by=treasurer)
    later = checks(sri, rules=rules, principal=900_000)
    assert all(passed for passed, _why in later.values())


def test_arrears_and_running_loans_stand_in_the_way(sri, secretary, treasurer):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 2, 12))
    a_disbursed_loan(sri, by=treasurer)
    found = checks(sri, rules=rules, as_of=MARCH)
    assert found["Paling banyak 1 pinjaman pada saat yang sama"] == (
        False,
        "1 pinjaman sedang diajukan atau berjalan. Lunasi satu dulu sebelum mengajukan yang berikutnya.",
    )
    assert found["Tidak ada angsuran yang menunggak"] == (
        False,
        "Rp\u00a0236.000 harus dibayar, yang tertua sejak 12 Februari 2026. Lunasi dulu.",
    )


def test_an_instalment_is_late_from_the_day_after(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    assert queries.arrears(as_of=FEBRUARY) == []
    [late] = queries.arrears(as_of=FEBRUARY + NEXT_DAY)
    assert (late.loan_id, late.days, late.due, late.outstanding) == (loan.pk, 1, 118_000, 1_200_000)
    assert queries.position(loan, as_of=FEBRUARY + NEXT_DAY).days_late == 1


def test_arrears_are_a_question_with_a_date(sri, treasurer):
    """Paid on 20 March: on 13 March two instalments were late, and that stays the answer for that day."""
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=236_000, on=datetime.date(2026, 3, 20), by=treasurer)
    [then] = queries.arrears(as_of=MARCH + NEXT_DAY)
    assert (then.days, then.instalments, then.due) == (29, 2, 236_000)
    assert queries.arrears(as_of=datetime.date(2026, 3, 20)) == []


def test_the_longest_overdue_comes_first(sri, treasurer):
    budi = a_member_in("Budi Santoso", by=treasurer)
    a_disbursed_loan(sri, by=treasurer, on=FEBRUARY)
    a_disbursed_loan(budi, by=treasurer, on=DAY)
    assert [row.name for row in queries.arrears(as_of=APRIL)] == ["Budi Santoso", "Sri Lestari"]
    assert [row.name for row in queries.arrears(as_of=APRIL, member=sri)] == ["Sri Lestari"]
    assert Arrears(as_of=APRIL).sums["due"] == 3 * 118_000 + 2 * 118_000  # what falls due on the day is due as well


def test_a_reversed_payment_counts_until_its_reversal(sri, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    services.reverse_repayment(paid, reason="salah orang", on=MARCH, by=chair)
    assert queries.outstanding(loan, as_of=MARCH - NEXT_DAY) == 1_100_000
    assert queries.outstanding(loan, as_of=MARCH) == 1_200_000


def test_outstanding_in_the_list_agrees_with_the_loan(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=150_000, on=FEBRUARY, by=treasurer)
    waiting = an_application(a_member_in("Budi Santoso", by=treasurer), by=treasurer)
    rows = Loan.objects.with_outstanding(as_of=MARCH)
    assert {row.pk: row.outstanding for row in rows} == {loan.pk: 1_086_000, waiting.pk: 0}
    assert queries.totals(rows) == {"count": 2, "lent": 2_400_000, "owed": 1_086_000}


@pytest.mark.parametrize("payments", [1, 6])
def test_a_position_is_one_query_however_many_payments(sri, treasurer, django_assert_num_queries, payments):
    loan = a_disbursed_loan(sri, by=treasurer)
    for day in range(payments):
        services.repay(loan, amount=10_000, on=FEBRUARY + day * NEXT_DAY, by=treasurer)
    with django_assert_num_queries(1):
        assert queries.position(loan, as_of=APRIL).paid == payments * 10_000


@pytest.mark.parametrize("members", [1, 3])
def test_arrears_are_one_query(house, treasurer, django_assert_num_queries, members):
    for number in range(members):
        a_disbursed_loan(a_member_in(f"Anggota {number}", by=treasurer), by=treasurer)
    with django_assert_num_queries(1):
        assert len(queries.arrears(as_of=APRIL)) == members
