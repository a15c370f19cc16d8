"""The rules that look at the person: attendance, cases, purpose, and how far membership and savings carry."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from governance.services import GovernanceRefused, record_attendance
from governance.services import case as cases
from loans.models import LoanTier
from loans.queries import eligibility
from loans.services import LoanRefused
from members.models import Member
from savings import services as savings
from tests.builders import a_decision, a_member
from tests.governance.builders import a_meeting
from tests.loans.builders import DAY, an_application, loan_rules


def asked(member, rules, *, principal=1_000_000, purpose=None, on=DAY):
    found = eligibility(member, product=rules.product, principal=principal, instalments=12, purpose=purpose, as_of=on)
    return {check.rule: (check.passed, check.explanation) for check in found}


# -- attendance ------------------------------------------------------------------------------------------------------


def test_attendance_is_asked_over_the_months_of_the_rules(sri, secretary):
    rules = loan_rules(by=secretary, on=DAY, attendance_bp=7_500, attendance_months=6)
    rule = "Hadir pada 75\u00a0% rapat dalam 6 bulan terakhir"
    assert asked(sri, rules)[rule] == (True, "Selama itu tidak ada rapat.")
    for month in (9, 10, 11, 12):
        meeting = a_meeting(by=secretary, on=datetime.date(2025, month, 12))
        record_attendance(meeting, members=[sri] if month > 9 else [a_neighbour(secretary)], by=secretary)
    assert asked(sri, rules)[rule] == (True, "Anda hadir pada 3 dari 4 rapat.")
    record_attendance(
        a_meeting(by=secretary, on=datetime.date(2026, 1, 5)), members=[a_neighbour(secretary)], by=secretary
    )
    assert asked(sri, rules)[rule] == (
        False,
        "Anda hadir pada 3 dari 5 rapat. Hadirlah pada rapat-rapat berikutnya, setiap kehadiran membantu.",
    )
    assert asked(sri, rules, on=datetime.date(2026, 4, 1))[rule][0] is True  # September no longer counts: 3 of 4


def a_neighbour(secretary):
    return Member.objects.filter(name="Budi Hartono").first() or a_member("Budi Hartono", by=secretary)


# -- cases -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(sri):
    return cases.open_case(sri, kind="loan", title="Angsuran", text="Tiga surat belum terjawab.", on=DAY, by=None)


def test_an_open_case_stands_in_the_way_where_the_rules_say_so(sri, case, secretary):
    assert asked(sri, loan_rules(by=secretary, on=DAY))["Tidak ada perkara terbuka"] == (
        False,
        f"Perkara {case.number} masih terbuka. Setelah dibereskan Anda bisa meminjam lagi; ketua membantu.",
    )
    later = loan_rules(by=secretary, on=DAY + datetime.timedelta(days=1), no_open_case=False)
    assert "Tidak ada perkara terbuka" not in asked(sri, later, on=DAY + datetime.timedelta(days=1))


def test_a_sanction_bars_whatever_the_rules_say(sri, case, chair, secretary):
    cases.record_talk(case, text="Sudah dibicarakan.", on=DAY, by=secretary)
    decision = a_decision(by=chair, on=DAY, number="RA-PERKARA", kind="sanction", about=case)
    cases.impose_sanction(case, text="Tidak dulu.", sanction="no_new_loan", decision=decision, on=DAY, by=chair)
    rules = loan_rules(by=secretary, on=DAY, no_open_case=False)
    passed, why = asked(sri, rules)["Tidak ada perkara terbuka"]
    assert not passed
    assert f"perkara {case.number} diputuskan: tidak ada pinjaman baru" in why


# -- purpose ---------------------------------------------------------------------------------------------------------


def test_only_the_purposes_of_the_rules(sri, treasurer, secretary):
    rules = loan_rules(by=secretary, on=DAY, purposes="Kulit\nAlat kerja\n")
    rule = "Hanya untuk: Kulit, Alat kerja"
    assert asked(sri, rules, purpose="alat kerja ")[rule][0] is True
    assert asked(sri, rules, purpose="Pesta")[rule] == (
        False,
        "“Pesta” tidak termasuk. Pilih salah satunya, atau jenis pinjaman lain.",
    )
    with pytest.raises(LoanRefused, match="Pesta"):
        an_application(sri, by=treasurer, rules=rules, purpose="Pesta")
    an_application(sri, by=treasurer, rules=rules, purpose="Kulit")


# -- tiers -----------------------------------------------------------------------------------------------------------

TIERS = [
    {"most_amount": 1_000_000},
    {"from_months": 12, "most_amount": 3_000_000},
    {"from_months": 24, "from_savings": 500_000, "most_amount": 8_000_000},
]
RULE = "Paling banyak menurut tingkat Anda"


@pytest.fixture
def tiered(sri, secretary):
    return loan_rules(by=secretary, on=DAY, tiers=TIERS)


def test_the_tier_that_membership_and_savings_reach_is_the_limit(sri, tiered, treasurer):
    # Sri entered on 12 January 2025 and has saved 120,000: after a year the second tier.
    assert asked(sri, tiered, principal=3_000_000)[RULE] == (
        True,
        "12 bulan menjadi anggota, simpanan Rp\u00a0120.000: sampai Rp\u00a03.000.000.",
    )
    assert asked(sri, tiered, principal=3_000_001)[RULE] == (
        False,
        "12 bulan menjadi anggota, simpanan Rp\u00a0120.000: sampai Rp\u00a03.000.000. Untuk lebih: mulai 24 bulan "
        "menjadi anggota, mulai simpanan Rp\u00a0500.000: Rp\u00a08.000.000.",
    )
    assert asked(sri, tiered, principal=8_000_001)[RULE] == (
        False,
        "12 bulan menjadi anggota, simpanan Rp\u00a0120.000: sampai Rp\u00a03.000.000. Ajukan sebanyak itu atau "
        "kurang.",
    )
    savings.deposit(sri, kind="voluntary", amount=380_000, on=DAY, by=treasurer)
    later = datetime.date(2027, 1, 12)
    assert asked(sri, tiered, principal=8_000_000, on=later)[RULE][0] is True
    assert asked(sri, tiered, principal=8_000_000, on=datetime.date(2027, 1, 11))[RULE][0] is False


def test_below_the_first_tier_nothing_is_lent_yet(sri, secretary):
    rules = loan_rules(by=secretary, on=DAY, tiers=[{"from_savings": 200_000, "most_amount": 1_000_000}])
    assert asked(sri, rules, principal=2_000_000)[RULE] == (
        False,
        "12 bulan menjadi anggota, simpanan Rp\u00a0120.000: belum mencapai tingkat mana pun. Yang pertama: mulai "
        "simpanan Rp\u00a0200.000: Rp\u00a01.000.000.",
    )


def test_rules_without_tiers_ask_for_none(sri, secretary):
    assert RULE not in asked(sri, loan_rules(by=secretary, on=DAY))


def test_the_tiers_of_a_version_are_written_with_it_and_never_after(tiered):
    assert [str(tier) for tier in tiered.tiers.all()] == [
        "setiap anggota: Rp\u00a01.000.000",
        "mulai 12 bulan menjadi anggota: Rp\u00a03.000.000",
        "mulai 24 bulan menjadi anggota, mulai simpanan Rp\u00a0500.000: Rp\u00a08.000.000",
    ]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        LoanTier.objects.filter(rules=tiered).update(most_amount=1)
    with pytest.raises(IntegrityError, match="loantier_once"), transaction.atomic():
        LoanTier.objects.create(rules=tiered, from_months=12, most_amount=1)
    with pytest.raises(IntegrityError, match="amount_positive"), transaction.atomic():
        LoanTier.objects.create(rules=tiered, from_months=13, most_amount=0)


def test_a_wrong_tier_refuses_the_whole_version(house, secretary):
    with pytest.raises(GovernanceRefused) as refused, transaction.atomic():
        loan_rules(by=secretary, on=DAY, tiers=[{"most_amount": 0}])
    assert (refused.value.field, str(refused.value)) == (
        "tiers",
        "Jumlah paling banyak pada tingkat harus lebih dari nol.",
    )
